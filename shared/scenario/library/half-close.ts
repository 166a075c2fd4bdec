import type { ScenarioDocument } from '../schema.ts';
import { FIN_MEANS, MANY_CLOSE_WAIT, WHY_FOUR } from './questions/closing.ts';
import { text } from './wording.ts';

export const HALF_CLOSE: ScenarioDocument = {
  id: 'half-close',
  title: text('Half closed', '半关闭'),
  summary: text(
    'The client sends a list and closes: "that was all, now sort it". The server takes its time, and answers into the half that is still open.',
    '客户端发来一份清单就关闭了：“就这些，帮我排个序。”服务器不慌不忙，在还开着的那一半里作答。',
  ),
  level: 'standard',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED' } },
  pace: { rtoMs: 30_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'write', text: 'pear fig apple' },
    { side: 'client', when: { atMs: 12_000 }, call: 'close' },
    { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 12_000 }, call: 'write', text: 'apple fig pear' },
    { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 27_000 }, call: 'close' },
  ],
  teaches: ['data', 'half-close', 'four-segment-close', 'time-wait'],
  questions: [FIN_MEANS, MANY_CLOSE_WAIT, WHY_FOUR],
};
