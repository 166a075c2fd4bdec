import type { ScenarioDocument } from '../schema.ts';
import { FIN_IN_TIME_WAIT, WHO_WAITS, WHY_2MSL } from './questions/closing.ts';
import { text } from './wording.ts';

export const LOST_LAST_ACK: ScenarioDocument = {
  id: 'lost-last-ack',
  title: text('The last ACK is lost', '最后的 ACK 丢了'),
  summary: text(
    'All four segments have been sent, and the last one dies. Now you will see what TIME-WAIT is there for.',
    '四个报文段都发了，最后一个却死在路上。现在你会明白 TIME-WAIT 是干什么用的。',
  ),
  level: 'standard',
  ends: { client: { start: 'ESTABLISHED' }, server: { start: 'ESTABLISHED' } },
  // 2MSL must outlast the server's time-out with some thinking on top, or the lesson is the other one.
  pace: { mslMs: 20_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'close' },
    { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 12_000 }, call: 'close' },
  ],
  faults: [{ from: 'client', match: '.', nth: 1, fault: 'drop' }],
  teaches: ['loss', 'retransmission', 'time-wait', 'time-wait-restart'],
  questions: [WHY_2MSL, FIN_IN_TIME_WAIT, WHO_WAITS],
};
