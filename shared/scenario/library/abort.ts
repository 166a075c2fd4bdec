import type { ScenarioDocument } from '../schema.ts';
import { RST_ANSWER, RST_OR_FIN } from './questions/trouble.ts';
import { text } from './wording.ts';

export const ABORT: ScenarioDocument = {
  id: 'abort',
  title: text('Abort', '中止'),
  summary: text(
    'Half way through, the client’s user presses Cancel. No goodbye, no waiting: one segment, and it is over.',
    '传到一半，客户端的用户按了取消。没有告别，没有等待：一个报文段，一切结束。',
  ),
  level: 'guided',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED' } },
  pace: { rtoMs: 30_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'write', text: 'upload part 1' },
    { side: 'client', when: { atMs: 14_000 }, call: 'abort' },
  ],
  teaches: ['data', 'reset'],
  questions: [RST_OR_FIN, RST_ANSWER],
};
