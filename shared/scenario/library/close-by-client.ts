import type { ScenarioDocument } from '../schema.ts';
import { WHO_WAITS, WHY_2MSL, WHY_FOUR } from './questions/closing.ts';
import { text } from './wording.ts';

export const CLOSE_BY_CLIENT: ScenarioDocument = {
  id: 'close-by-client',
  title: text('Four segments: the client closes', '四次挥手：客户端先关闭'),
  summary: text(
    'The client has said all it wanted to say. The server has not decided yet. Two goodbyes, each of them answered.',
    '客户端要说的都说完了，服务器还没想好。两次道别，每一次都得到回应。',
  ),
  level: 'guided',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED' } },
  pace: { rtoMs: 30_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'close' },
    { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 15_000 }, call: 'close' },
  ],
  teaches: ['four-segment-close', 'time-wait'],
  questions: [WHY_FOUR, WHY_2MSL, WHO_WAITS],
};
