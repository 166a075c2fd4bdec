import type { ScenarioDocument } from '../schema.ts';
import { WHY_2MSL, WHY_FOUR } from './questions/closing.ts';
import { WHY_THREE } from './questions/opening.ts';
import { text } from './wording.ts';

export const FULL_LIFE: ScenarioDocument = {
  id: 'full-life',
  title: text('A whole life', '完整的一生'),
  summary: text(
    'From LISTEN to TIME-WAIT: connect, ask, answer, say goodbye. The network may interfere.',
    '从 LISTEN 到 TIME-WAIT：连接、提问、回答、告别。网络可能会捣乱。',
  ),
  level: 'guided',
  onWrong: 'block',
  // TIME-WAIT outlasts the retransmission of a FIN whose ACK was lost.
  pace: { rtoMs: 30_000, mslMs: 30_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'connect' },
    { side: 'client', when: { state: 'ESTABLISHED', afterMs: 2000 }, call: 'write', text: 'GET /hello' },
    { side: 'server', when: { received: 10, afterMs: 2000 }, call: 'write', text: 'hello, world' },
    { side: 'client', when: { received: 12, afterMs: 4000 }, call: 'close' },
    { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 12_000 }, call: 'close' },
  ],
  budget: { drop: 5, duplicate: 2, hold: 2, cut: 1, conditions: true },
  teaches: ['handshake', 'data', 'four-segment-close', 'time-wait'],
  questions: [WHY_THREE, WHY_FOUR, WHY_2MSL],
};
