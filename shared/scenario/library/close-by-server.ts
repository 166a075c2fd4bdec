import type { ScenarioDocument } from '../schema.ts';
import { MANY_CLOSE_WAIT, WHO_WAITS, WHY_FOUR } from './questions/closing.ts';
import { text } from './wording.ts';

export const CLOSE_BY_SERVER: ScenarioDocument = {
  id: 'close-by-server',
  title: text('Four segments: the server closes', '四次挥手：服务器先关闭'),
  summary: text(
    'The server sends its last words and closes first. Which end will have to sit through TIME-WAIT now?',
    '服务器说完最后一句话，先关了。这次轮到哪一端在 TIME-WAIT 里等？',
  ),
  level: 'standard',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED' } },
  pace: { rtoMs: 30_000 },
  calls: [
    { side: 'server', when: { atMs: 2000 }, call: 'write', text: 'that is all' },
    { side: 'server', when: { atMs: 12_000 }, call: 'close' },
    { side: 'client', when: { state: 'CLOSE-WAIT', afterMs: 15_000 }, call: 'close' },
  ],
  teaches: ['data', 'four-segment-close', 'time-wait'],
  questions: [WHO_WAITS, WHY_FOUR, MANY_CLOSE_WAIT],
};
