import type { ScenarioDocument } from '../schema.ts';
import { WRAP, ZERO_IS_FINE } from './questions/numbers.ts';
import { text } from './wording.ts';

export const NEAR_THE_WRAP: ScenarioDocument = {
  id: 'near-the-wrap',
  title: text('Round the corner', '转过那个弯'),
  summary: text(
    'Both ends start a step before 4294967295. Mind what comes after it, and do not be afraid of 0.',
    '两端的序号都从 4294967295 前一步开始。想想它后面是什么，别怕 0。',
  ),
  level: 'standard',
  ends: { client: { iss: { policy: 'near-wrap' } }, server: { iss: { policy: 'near-wrap' } } },
  pace: { rtoMs: 30_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'connect' },
    { side: 'client', when: { state: 'ESTABLISHED', afterMs: 3000 }, call: 'write', text: 'over' },
    { side: 'server', when: { received: 4, afterMs: 3000 }, call: 'write', text: 'and out' },
    { side: 'client', when: { received: 7, afterMs: 8000 }, call: 'close' },
    { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 12_000 }, call: 'close' },
  ],
  teaches: ['handshake', 'data', 'wraparound', 'four-segment-close', 'time-wait'],
  questions: [WRAP, ZERO_IS_FINE],
};
