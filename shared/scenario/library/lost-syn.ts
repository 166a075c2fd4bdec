import type { ScenarioDocument } from '../schema.ts';
import { SYN_AGAIN } from './questions/opening.ts';
import { BACKOFF, SILENCE } from './questions/trouble.ts';
import { text } from './wording.ts';

export const LOST_SYN: ScenarioDocument = {
  id: 'lost-syn',
  title: text('The SYN is lost', 'SYN 丢了'),
  summary: text(
    'The client calls, and nobody hears. Nothing at all happens, which is the point: what can be concluded from silence?',
    '客户端呼叫，没人听见。什么也没发生，这正是要点：从沉默中能得出什么结论？',
  ),
  level: 'guided',
  calls: [{ side: 'client', when: { atMs: 2000 }, call: 'connect' }],
  faults: [{ from: 'client', match: 'S', nth: 1, fault: 'drop' }],
  finish: 'established',
  teaches: ['handshake', 'loss', 'retransmission'],
  questions: [SYN_AGAIN, SILENCE, BACKOFF],
};
