import type { State } from '../../../shared/tcp/state.ts';

/** CLOSED stands twice, as in the RFC's figure: where a connection begins, and where it ends. */
export type Place = State | 'END';

/** Centres of the boxes, px. */
export const PLACES: Readonly<Record<Place, readonly [number, number]>> = {
  CLOSED: [200, 22],
  LISTEN: [128, 84],
  'SYN-RECEIVED': [64, 150],
  'SYN-SENT': [336, 150],
  ESTABLISHED: [200, 216],
  'FIN-WAIT-1': [64, 282],
  'CLOSE-WAIT': [336, 282],
  'FIN-WAIT-2': [64, 348],
  CLOSING: [200, 348],
  'LAST-ACK': [336, 348],
  'TIME-WAIT': [64, 414],
  END: [336, 414],
};

/** RFC 9293, Figure 5. */
export const ARROWS: readonly (readonly [Place, Place])[] = [
  ['CLOSED', 'LISTEN'],
  ['CLOSED', 'SYN-SENT'],
  ['LISTEN', 'SYN-RECEIVED'],
  ['LISTEN', 'SYN-SENT'],
  ['SYN-SENT', 'SYN-RECEIVED'],
  ['SYN-SENT', 'ESTABLISHED'],
  ['SYN-RECEIVED', 'ESTABLISHED'],
  ['SYN-RECEIVED', 'FIN-WAIT-1'],
  ['ESTABLISHED', 'FIN-WAIT-1'],
  ['ESTABLISHED', 'CLOSE-WAIT'],
  ['FIN-WAIT-1', 'FIN-WAIT-2'],
  ['FIN-WAIT-1', 'CLOSING'],
  ['FIN-WAIT-1', 'TIME-WAIT'],
  ['FIN-WAIT-2', 'TIME-WAIT'],
  ['CLOSING', 'TIME-WAIT'],
  ['CLOSE-WAIT', 'LAST-ACK'],
  ['LAST-ACK', 'END'],
  ['TIME-WAIT', 'END'],
];
