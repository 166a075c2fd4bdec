import type { ScenarioDocument } from '../schema.ts';
import { LOOKS_WRONG, SAME_AGAIN } from './questions/calling.ts';
import { THREE_LEGAL } from './questions/closing.ts';
import { text } from './wording.ts';

/**
 * Much here looks wrong and is right: an ACK twice, a FIN again, an ACK and a FIN in one. What is wrong goes
 * out as well.
 */
export const REFEREE: ScenarioDocument = {
  id: 'referee',
  title: text('The referee’s eye', '裁判的眼力'),
  summary: text(
    'Nothing is held back here, mistakes go out like everything else. Whoever has the referee’s seat sees both ends and calls what is wrong. Careful: some of it only looks that way.',
    '这里什么都不拦，错的也照样发出去。坐裁判席的人看得见两端，发现错误就喊。小心：有些只是看起来错了。',
  ),
  level: 'standard',
  onWrong: 'send',
  pace: { rtoMs: 20_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'connect' },
    {
      side: 'client',
      when: { state: 'ESTABLISHED', afterMs: 20_000 },
      call: 'write',
      text: 'is this right?',
    },
    { side: 'server', when: { received: 14, afterMs: 3000 }, call: 'write', text: 'see for yourself' },
    { side: 'client', when: { received: 16, afterMs: 8000 }, call: 'close' },
    { side: 'server', when: { state: 'CLOSE-WAIT' }, call: 'close' },
  ],
  faults: [
    { from: 'server', match: 'S.', nth: 1, fault: 'duplicate', ms: 9000 },
    { from: 'client', match: 'F.', nth: 1, fault: 'drop' },
  ],
  teaches: [
    'handshake',
    'duplicate-ack',
    'data',
    'loss',
    'retransmission',
    'three-segment-close',
    'time-wait',
  ],
  questions: [LOOKS_WRONG, SAME_AGAIN, THREE_LEGAL],
};
