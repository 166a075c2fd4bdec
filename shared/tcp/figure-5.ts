import type { State } from './state.ts';

export interface Transition {
  readonly from: State;
  readonly to: State;
  /** What happens, and what this end sends because of it, in the figure's words. */
  readonly on: string;
}

const t = (from: State, to: State, on: string): Transition => ({ from, to, on });

/** RFC 9293 §3.3.2, Figure 5: the connection state diagram, with its notes 1 and 2. */
export const FIGURE_5: readonly Transition[] = [
  t('CLOSED', 'LISTEN', 'passive OPEN'),
  t('CLOSED', 'SYN-SENT', 'active OPEN, snd SYN'),
  t('LISTEN', 'CLOSED', 'CLOSE'),
  t('LISTEN', 'SYN-SENT', 'SEND, snd SYN'),
  t('LISTEN', 'SYN-RECEIVED', 'rcv SYN, snd SYN,ACK'),
  t('SYN-SENT', 'CLOSED', 'CLOSE'),
  t('SYN-SENT', 'SYN-RECEIVED', 'rcv SYN, snd SYN,ACK'),
  t('SYN-SENT', 'ESTABLISHED', 'rcv SYN,ACK, snd ACK'),
  t('SYN-RECEIVED', 'LISTEN', 'rcv RST'), // note 1: after a passive OPEN
  t('SYN-RECEIVED', 'ESTABLISHED', 'rcv ACK of SYN'),
  t('SYN-RECEIVED', 'FIN-WAIT-1', 'CLOSE, snd FIN'),
  t('ESTABLISHED', 'FIN-WAIT-1', 'CLOSE, snd FIN'),
  t('ESTABLISHED', 'CLOSE-WAIT', 'rcv FIN, snd ACK'),
  t('FIN-WAIT-1', 'FIN-WAIT-2', 'rcv ACK of FIN'),
  t('FIN-WAIT-1', 'CLOSING', 'rcv FIN, snd ACK'),
  t('FIN-WAIT-1', 'TIME-WAIT', 'rcv FIN and ACK of FIN, snd ACK'), // note 2
  t('FIN-WAIT-2', 'TIME-WAIT', 'rcv FIN, snd ACK'),
  t('CLOSE-WAIT', 'LAST-ACK', 'CLOSE, snd FIN'),
  t('CLOSING', 'TIME-WAIT', 'rcv ACK of FIN'),
  t('LAST-ACK', 'CLOSED', 'rcv ACK of FIN'),
  t('TIME-WAIT', 'CLOSED', 'Timeout=2MSL, delete TCB'),
];

/** What the figure leaves out and the text has: resets from either side, and MAY-2. */
export const BESIDE_FIGURE_5: readonly Transition[] = [
  ...(
    [
      'SYN-SENT',
      'SYN-RECEIVED',
      'ESTABLISHED',
      'FIN-WAIT-1',
      'FIN-WAIT-2',
      'CLOSE-WAIT',
      'CLOSING',
      'LAST-ACK',
      'TIME-WAIT',
    ] as const
  ).map((from) => t(from, 'CLOSED', 'rcv RST or ABORT')),
  t('SYN-RECEIVED', 'LISTEN', 'rcv SYN'),
  t('TIME-WAIT', 'SYN-RECEIVED', 'rcv SYN, snd SYN,ACK'),
  t('SYN-RECEIVED', 'TIME-WAIT', 'rcv RST'),
];
