import type { End } from './end.ts';
import { synUnacked } from './expect.ts';
import type { State } from './state.ts';

/**
 * The states that this end may be said to be in; the first is `end.state`. RFC 9293 §3.10.4 moves on at
 * CLOSE, Figure 5 and most stacks when the FIN goes out: between the two, both are right. So it is with ABORT
 * and its RST.
 */
export function equivalentStates(
  end: Pick<End, 'state' | 'closeCalled' | 'finSeq' | 'abortCalled' | 'unacked'>,
): readonly State[] {
  const { state } = end;
  if (end.abortCalled) return [state, 'CLOSED'];
  if (!end.closeCalled || end.finSeq !== null) return [state];
  switch (state) {
    case 'FIN-WAIT-1':
      return ['FIN-WAIT-1', synUnacked(end) ? 'SYN-RECEIVED' : 'ESTABLISHED'];
    case 'ESTABLISHED':
      return ['ESTABLISHED', 'FIN-WAIT-1'];
    case 'CLOSE-WAIT':
      return ['CLOSE-WAIT', 'LAST-ACK'];
    case 'LAST-ACK':
      return ['LAST-ACK', 'CLOSE-WAIT'];
    case 'CLOSING':
      return ['CLOSING', 'CLOSE-WAIT', 'LAST-ACK'];
    default:
      return [state];
  }
}
