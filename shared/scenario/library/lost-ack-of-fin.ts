import type { ScenarioDocument } from '../schema.ts';
import { ACK_OF_FIN_LOST } from './questions/closing.ts';
import { SILENCE, TWICE } from './questions/trouble.ts';
import { text } from './wording.ts';

export const LOST_ACK_OF_FIN: ScenarioDocument = {
  id: 'lost-ack-of-fin',
  title: text('The ACK of the FIN is lost', '对 FIN 的 ACK 丢了'),
  summary: text(
    'The server heard the goodbye and said so, but the word was lost. It must not repeat it by itself. What brings it out again?',
    '服务器听到了告别，也回应了，但回应丢了。它不该自己重发。那么什么会让它再说一遍？',
  ),
  level: 'standard',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED' } },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'close' },
    { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 45_000 }, call: 'close' },
  ],
  faults: [{ from: 'server', match: '.', nth: 1, fault: 'drop' }],
  teaches: ['loss', 'retransmission', 'duplicate-ack', 'four-segment-close', 'time-wait'],
  questions: [ACK_OF_FIN_LOST, TWICE, SILENCE],
};
