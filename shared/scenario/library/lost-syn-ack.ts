import type { ScenarioDocument } from '../schema.ts';
import { SYN_AGAIN, WHEN_ESTABLISHED } from './questions/opening.ts';
import { SILENCE } from './questions/trouble.ts';
import { text } from './wording.ts';

export const LOST_SYN_ACK: ScenarioDocument = {
  id: 'lost-syn-ack',
  title: text('The SYN,ACK is lost', 'SYN,ACK 丢了'),
  summary: text(
    'The server has answered, and the answer died on the way. Now two timers are running, one at each end. Who goes first?',
    '服务器回答了，可回答死在了路上。现在两端各有一个计时器在走。谁先动？',
  ),
  level: 'guided',
  calls: [{ side: 'client', when: { atMs: 2000 }, call: 'connect' }],
  faults: [{ from: 'server', match: 'S.', nth: 1, fault: 'drop' }],
  finish: 'established',
  teaches: ['handshake', 'loss', 'retransmission'],
  questions: [SILENCE, SYN_AGAIN, WHEN_ESTABLISHED],
};
