import type { ScenarioDocument } from '../schema.ts';
import { WHAT_COSTS } from './questions/numbers.ts';
import { TWICE } from './questions/trouble.ts';
import { text } from './wording.ts';

export const ARRIVES_TWICE: ScenarioDocument = {
  id: 'arrives-twice',
  title: text('The same thing twice', '同样的东西来了两次'),
  summary: text(
    'The network delivers one segment two times. The application must not notice. The other end should.',
    '网络把一个报文段送了两次。应用不该察觉，而对端应该知道。',
  ),
  level: 'standard',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED' } },
  pace: { rtoMs: 30_000 },
  calls: [{ side: 'client', when: { atMs: 2000 }, call: 'write', text: 'only once' }],
  faults: [{ from: 'client', match: '. 9 octets', nth: 1, fault: 'duplicate', ms: 8000 }],
  finish: 'quiet',
  teaches: ['data', 'duplicate-ack'],
  questions: [TWICE, WHAT_COSTS],
};
