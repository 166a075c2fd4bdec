import type { ScenarioDocument } from '../schema.ts';
import { ACK_OF_FIN_LOST } from './questions/closing.ts';
import { SILENCE } from './questions/trouble.ts';
import { text } from './wording.ts';

export const LOST_FIN: ScenarioDocument = {
  id: 'lost-fin',
  title: text('The FIN is lost', 'FIN 丢了'),
  summary: text(
    'The goodbye does not arrive. The server goes on as if nothing had been said; for it, nothing has been.',
    '告别没有送到。服务器照常过日子，就像什么都没说过一样；对它来说，确实什么都没说过。',
  ),
  level: 'standard',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED' } },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'close' },
    { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 12_000 }, call: 'close' },
  ],
  faults: [{ from: 'client', match: 'F.', nth: 1, fault: 'drop' }],
  teaches: ['loss', 'retransmission', 'four-segment-close', 'time-wait'],
  questions: [SILENCE, ACK_OF_FIN_LOST],
};
