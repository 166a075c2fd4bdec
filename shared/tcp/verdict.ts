import type { Why } from './cause.ts';

export type Field = 'flags' | 'seq' | 'ack' | 'data' | 'state';

/**
 * The catalogue of misconceptions; M11, M22 and M27 show in a card or a referee's call, never in a segment.
 */
export const MISCONCEPTION_CODES = [
  'M01', 'M02', 'M03', 'M04', 'M05', 'M06', 'M07', 'M08', 'M09', 'M10', 'M11', 'M12',
  'M13', 'M14', 'M15', 'M16', 'M17', 'M18', 'M19', 'M20', 'M21', 'M22', 'M23', 'M24',
  'M25', 'M26', 'M27', 'M28', 'M29', 'M30', 'M31', 'M32', 'M33', 'M34', 'M35', 'M36',
] as const; // prettier-ignore

export type MisconceptionCode = (typeof MISCONCEPTION_CODES)[number];

/** What is wrong without betraying a misconception. The sentence for it is `fault_…` in the translations. */
export const PLAIN_FAULT_CODES = [
  /** Nothing is called for, and this is not among the things that may be sent anyway. */
  'unprompted',
  /** Something is called for, and the answer was "nothing to send". */
  'missing',
  /** FIN though the application has not called CLOSE. */
  'fin-before-close',
  /** A second FIN, whether the peer has acknowledged the first or not. */
  'fin-again',
  /** More octets than the application gave. */
  'data-not-given',
  /** More octets than the peer's window has room for. */
  'beyond-window',
  /** Data in a state that has no place for it. */
  'data-out-of-state',
  /** Not in [0, 2^32). */
  'out-of-range',
  /** RST though nothing calls for it. */
  'rst-unasked',
  /** ABORT was called; only a RST will do. */
  'abort-asked',
  /** An answer to a SYN for which the backlog has no room. */
  'backlog-full',
  /** Taken for half-open, or sent again, though a SYN cookie leaves nothing behind. */
  'cookie-keeps-nothing',
  /** None of the above. */
  'other',
] as const;

export type FaultCode = MisconceptionCode | (typeof PLAIN_FAULT_CODES)[number];

/** One thing wrong with one field of a segment, measured against the nearest right one. */
export interface Fault {
  readonly field: Field;
  readonly code: FaultCode;
  /**
   * What was sent: a number; for flags their names (`SYN,ACK`, `none`); for a state its name; null for
   * "nothing".
   */
  readonly given: number | string | null;
  /** What it should have been, in the same form; null if there should have been no segment at all. */
  readonly needed: number | string | null;
  /** RFC 9293 section. */
  readonly section: string;
  /** given − needed on the circle, for sequence and acknowledgment numbers. */
  readonly diff?: number;
}

/** A graded answer. Compact: it is stored in logs. */
export interface Verdict {
  readonly verdict: 'due' | 'legal' | 'wrong';
  /** What the answer was, or for a wrong one what it most resembles. */
  readonly why: Why;
  /** Ids of the open causes that it answers; of those it should have answered if it is wrong. */
  readonly causes: readonly number[];
  /** Empty unless wrong. */
  readonly faults: readonly Fault[];
  /** A habit worth a word though the segment is legal (M15, M16). */
  readonly remark?: MisconceptionCode;
}
