import type { ScenarioDocument } from '../schema.ts';
import { HALF_OPEN, RST_ANSWER } from './questions/trouble.ts';
import { text } from './wording.ts';

export const TALKING_TO_NOBODY: ScenarioDocument = {
  id: 'talking-to-nobody',
  title: text('Half open: talking to nobody', '半打开：对着空气说话'),
  summary: text(
    'The server’s computer lost its power and came back; of the connection it knows nothing any more. The client has no idea, until it speaks.',
    '服务器断过电，又起来了，这个连接它已经一无所知。客户端浑然不觉，直到它开口说话。',
  ),
  level: 'standard',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'CLOSED' } },
  pace: { rtoMs: 30_000 },
  calls: [{ side: 'client', when: { atMs: 3000 }, call: 'write', text: 'still there?' }],
  teaches: ['data', 'reset'],
  questions: [HALF_OPEN, RST_ANSWER],
};
