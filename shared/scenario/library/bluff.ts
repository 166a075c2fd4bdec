import type { ScenarioDocument } from '../schema.ts';
import { ACKS_NEVER_SENT, RST_BESIDE } from './questions/calling.ts';
import { WHAT_COSTS } from './questions/numbers.ts';
import { text } from './wording.ts';

export const BLUFF: ScenarioDocument = {
  id: 'bluff',
  title: text('Bluff', '虚张声势'),
  summary: text(
    'A plain connection, but nobody has to be honest: twice each end may send a segment that is wrong on purpose. Look closely at what arrives, and call it if you do not believe it. Whoever calls a right one pays.',
    '一个普通的连接，但不必老实：双方各有两次机会故意发错。看清楚来的每一个报文段，不信就喊出来。喊错了要付代价。',
  ),
  level: 'standard',
  onWrong: 'block',
  bluff: { perEnd: 2 },
  pace: { rtoMs: 30_000 },
  calls: [
    { side: 'client', when: { atMs: 2000 }, call: 'connect' },
    { side: 'client', when: { state: 'ESTABLISHED', afterMs: 4000 }, call: 'write', text: 'believe me' },
    { side: 'server', when: { received: 10, afterMs: 4000 }, call: 'write', text: 'why should I?' },
    { side: 'client', when: { received: 13, afterMs: 6000 }, call: 'write', text: 'just because' },
    { side: 'client', when: { received: 13, afterMs: 25_000 }, call: 'close' },
    { side: 'server', when: { state: 'CLOSE-WAIT', afterMs: 8000 }, call: 'close' },
  ],
  teaches: ['handshake', 'data', 'four-segment-close', 'time-wait'],
  questions: [ACKS_NEVER_SENT, RST_BESIDE, WHAT_COSTS],
};
