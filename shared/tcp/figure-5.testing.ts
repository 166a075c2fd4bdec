import { BESIDE_FIGURE_5, FIGURE_5 } from './figure-5.ts';
import type { State } from './state.ts';

const STEPS = new Set([...FIGURE_5, ...BESIDE_FIGURE_5].map(({ from, to }) => `${from} ${to}`));
const WALKS = new Set(STEPS);
// One segment may complete the handshake and bring a FIN, or acknowledge our FIN and bring the peer's.
for (const first of FIGURE_5) {
  for (const second of FIGURE_5) {
    const arrivals = first.on.startsWith('rcv') && second.on.startsWith('rcv');
    if (arrivals && first.to === second.from) WALKS.add(`${first.from} ${second.to}`);
  }
}
// A CLOSE that waited for the handshake to end takes effect with the segment that ends it, FIN of the peer
// and all.
WALKS.add('SYN-RECEIVED FIN-WAIT-1').add('SYN-RECEIVED CLOSING');

/** Whether one move may lead from a state to another. */
export function mayMove(from: State, to: State): boolean {
  return from === to || WALKS.has(`${from} ${to}`);
}
