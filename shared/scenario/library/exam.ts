import type { ScenarioDocument } from '../schema.ts';
import { WHY_2MSL, WHY_FOUR } from './questions/closing.ts';
import { WHY_THREE } from './questions/opening.ts';
import { text } from './wording.ts';

export const EXAM: ScenarioDocument = {
  id: 'exam',
  title: text('Examination', '考试'),
  summary: text(
    'A whole connection with two losses in it, the same for everybody. You see neither your state nor your TCB, and hear what was wrong only at the end.',
    '一个完整的连接，中间丢两次，人人相同。看不到状态，也看不到 TCB，最后才知道哪里错了。',
  ),
  level: 'exam',
  onWrong: 'send',
  hints: 0,
  attempts: 2,
  budget: { drop: 0, duplicate: 0, hold: 0 },
  pace: { mslMs: 20_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'connect' },
    { side: 'client', when: { state: 'ESTABLISHED', afterMs: 2000 }, call: 'write', text: 'GET /hello' },
    { side: 'server', when: { received: 10, afterMs: 2000 }, call: 'write', text: 'hello, world' },
    { side: 'client', when: { received: 12, afterMs: 4000 }, call: 'close' },
    { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 12_000 }, call: 'close' },
  ],
  faults: [
    { from: 'server', match: 'S.', nth: 1, fault: 'drop' },
    { from: 'client', match: 'F.', nth: 1, fault: 'drop' },
  ],
  teaches: ['handshake', 'data', 'loss', 'retransmission', 'four-segment-close', 'time-wait'],
  questions: [WHY_THREE, WHY_FOUR, WHY_2MSL],
};
