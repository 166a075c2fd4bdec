import type { Cause } from './cause.ts';
import { ACK, RST, segEnd } from './segment.ts';
import type { Segment } from './segment.ts';

/** The numbers of the RST that answers a segment which belongs to no connection (RFC 9293 §3.10.7.1). */
export interface StrayReset {
  readonly seq: number;
  /** Null if the RST carries no ACK. */
  readonly ack: number | null;
}

/**
 * With an ACK in the stray, the RST sits where that ACK points; without one it starts at 0 and acknowledges
 * all of the stray.
 */
export function strayReset(seg: Segment): StrayReset {
  return seg.flags & ACK ? { seq: seg.ack, ack: null } : { seq: 0, ack: segEnd(seg) };
}

/** Whether `seg` is the RST that this cause calls for. */
export function answersStray(cause: Cause, seg: Segment): boolean {
  if (cause.need !== 'rst' || !cause.seg || !(seg.flags & RST)) return false;
  const { seq, ack } = strayReset(cause.seg);
  if (seg.seq !== seq) return false;
  return ack === null ? !(seg.flags & ACK) : (seg.flags & ACK) !== 0 && seg.ack === ack;
}
