import type { End } from '../tcp/end.ts';
import { ACK, FIN, has, RST, segLen, SYN, type Segment, segEnd } from '../tcp/segment.ts';
import { seqAdd, seqDiff, seqGt, seqLe, seqLt } from '../tcp/seq.ts';
import type { State } from '../tcp/state.ts';
import type { Line } from './line.ts';
import { cameTwice, type Evidence, isSacked, type Waiting } from './receive.ts';
import type { Timestamps } from './timestamps.ts';

/** Readings of the evidence that are tried before a segment is called wrong. */
export const MOST_READINGS = 48;
/** What all readings for one segment may look at together, in waiting segments. */
const MOST_LOOKED_AT = 8192;
const NANOS_PER_MS = 1e6;
/**
 * A little less than the first retransmission time-out (RFC 6298 §2.1), which every kernel keeps for a SYN.
 */
const FIRST_TIMEOUT_NANOS = 900 * NANOS_PER_MS;

/** What is known of an end before it speaks. */
export interface Hearer {
  readonly end: End | null;
  readonly state: State;
  /** The least the peer can have put into one segment that was not cut up later. */
  readonly pieceOctets: number;
  /** The shortest time between a segment's passing the recording machine and an answer to it. */
  readonly roundTripNanos: number | null;
  readonly timestamps: Timestamps;
}

/**
 * How the segment at hand may be understood as a sign of what has arrived before it, the likeliest reading
 * first.
 */
export function* evidenceOf(
  hearer: Hearer,
  line: Line,
  seg: Segment,
  waiting: readonly Waiting[],
): Generator<Evidence> {
  const now = line.captured.tNanos;
  const bound = has(seg, ACK) ? seg.ack : null;
  const { sack } = line.captured.options;
  const { pieceOctets } = hearer;
  const isLost: Evidence['isLost'] = (one, among, from) => isKnownLost(line, one, among, from);
  const newest = heardBefore(hearer.roundTripNanos, now);
  let take = waiting.length;
  const hasArrived = (one: Waiting): boolean =>
    covers(hearer.end, bound, one) || isSacked(one.seg, sack) || isEchoed(hearer, line, one);
  while (take > 0) {
    const last = waiting[take - 1];
    if (!last || last.tNanos <= newest || hasArrived(last)) break;
    take--;
  }
  const refused = refusedBy(hearer, line, seg, waiting);
  if (refused >= 0) take = refused + 1;
  take = Math.min(take, unheard(hearer, line, waiting), answeredAtOnce(hearer, seg, waiting));
  const lostBeforeNanos = lostBefore(hearer.roundTripNanos, now);
  // A SYN without ACK is from an end that has heard nothing yet.
  if (has(seg, SYN) && bound === null) take = 0;
  yield { bound, take, lostBeforeNanos, sack, pieceOctets, isLost };
  if (waiting.length === 0) return;
  yield { bound, take: waiting.length, lostBeforeNanos: now, sack, pieceOctets, isLost };
  const readings = Math.min(MOST_READINGS, Math.ceil(MOST_LOOKED_AT / waiting.length));
  for (let k = waiting.length - 1, tried = 0; k >= 0 && tried < readings; k--, tried++) {
    yield { bound, take: k, lostBeforeNanos: now, sack, pieceOctets, isLost };
  }
  if (waiting.length > MOST_READINGS)
    yield { bound, take: 0, lostBeforeNanos: now, sack, pieceOctets, isLost };
  if (hearer.end && hearer.end.held.length > 0)
    yield { bound, take, lostBeforeNanos, sack, pieceOctets, isLost, forgetsHeld: true };
  if (hearer.state === 'SYN-RECEIVED')
    yield { bound, take, lostBeforeNanos, sack, pieceOctets, isLost, opensBeyondGap: true };
  // A RST may carry any number.
  if (bound !== null && has(seg, RST)) {
    yield { bound: null, take: waiting.length, lostBeforeNanos: now, sack, pieceOctets, isLost };
  }
}

/** The evidence without what the acknowledgment number says: everything that can have arrived has. */
export function evidenceBeside(
  evidence: Evidence,
  waiting: readonly Waiting[],
  hearer: Hearer,
  now: number,
): Evidence {
  const newest = heardBefore(hearer.roundTripNanos, now);
  const later = waiting.findIndex(({ tNanos }) => tNanos > newest);
  return { ...evidence, bound: null, take: later < 0 ? waiting.length : later };
}

/** Whether this segment brings `end` something that `bound` acknowledges for the first time. */
export function covers(end: End | null, bound: number | null, waiting: Waiting | undefined): boolean {
  if (bound === null || !waiting) return false;
  const length = segLen(waiting.seg);
  const nxt = end?.tcb.rcv.nxt ?? null;
  const last = seqAdd(waiting.seg.seq, length);
  return length > 0 && seqLe(last, bound) && (nxt === null || seqGt(last, nxt));
}

/**
 * What passes after this instant cannot have been heard at an end that speaks now, unless the numbers say so.
 */
function heardBefore(roundTripNanos: number | null, now: number): number {
  return roundTripNanos === null ? now : now - (roundTripNanos > NANOS_PER_MS ? 0.9 : 0.5) * roundTripNanos;
}

/** Whether this segment is the first with the timestamp that comes back (RFC 7323 §4.3). */
function isEchoed({ timestamps }: Hearer, line: Line, { tsVal }: Waiting): boolean {
  return tsVal !== null && tsVal === line.captured.options.tsEcr && tsVal !== timestamps.heard;
}

/** What passed before this instant and had no effect will not have one any more. */
export function lostBefore(roundTripNanos: number | null, now: number): number {
  return roundTripNanos === null ? now - FIRST_TIMEOUT_NANOS : now - 1.5 * roundTripNanos - 10 * NANOS_PER_MS;
}

/**
 * How many of the waiting may have arrived going by the echoed timestamp: a pure ACK at the number this end
 * acknowledged last would have been echoed (RFC 7323 §4.3). A SYN,ACK and an ACK from TIME-WAIT echo what was
 * kept aside.
 */
function unheard(hearer: Hearer, line: Line, waiting: readonly Waiting[]): number {
  const { tsEcr } = line.captured.options;
  const acked = hearer.end?.lastSent?.ack;
  if (tsEcr === null || has(line.seg, SYN | RST) || hearer.state === 'TIME-WAIT') return waiting.length;
  const first = waiting.findIndex(
    ({ seg, tsVal }) =>
      tsVal !== null && segLen(seg) === 0 && !has(seg, RST) && seg.seq === acked && seqDiff(tsVal, tsEcr) > 0,
  );
  return first < 0 ? waiting.length : first;
}

/** A FIN that ends the peer's half of the closing is acknowledged before anything else is looked at. */
function answeredAtOnce({ end, state }: Hearer, seg: Segment, waiting: readonly Waiting[]): number {
  const closing = state === 'FIN-WAIT-1' || state === 'FIN-WAIT-2';
  if (!closing || segLen(seg) > 0 || !has(seg, ACK)) return waiting.length;
  const fin = waiting.findLastIndex((one) => has(one.seg, FIN) && covers(end, seg.ack, one));
  return fin < 0 ? waiting.length : fin + 1;
}

/**
 * The place among the waiting of what a RST without ACK answers, −1 if there is none. The answer comes at
 * once: it is the first that asks for it and has not gone unanswered for too long.
 */
export function refusedBy(
  hearer: Hearer,
  { captured }: Line,
  seg: Segment,
  waiting: readonly Waiting[],
): number {
  if (!has(seg, RST) || has(seg, ACK)) return -1;
  const before = lostBefore(hearer.roundTripNanos, captured.tNanos);
  let last = -1;
  for (const [i, one] of waiting.entries()) {
    if (!mayBeRefused(hearer.state, one.seg) || one.seg.ack !== seg.seq) continue;
    if (one.tNanos >= before) return i;
    last = i;
  }
  return last;
}

/** An end that is closed on one side only minds nothing but data. */
function mayBeRefused(state: State, seg: Segment): boolean {
  if (!has(seg, ACK) || has(seg, RST)) return false;
  if (state === 'SYN-SENT') return has(seg, SYN);
  return segLen(seg) > 0 || (state !== 'FIN-WAIT-1' && state !== 'FIN-WAIT-2');
}

/**
 * Whether a copy got through and not this one: because what was sent between the two had arrived before, or
 * because the timestamp that is echoed is the copy's (RFC 7323 §4.3). If nothing tells, the first is taken to
 * have arrived.
 */
function isKnownLost(line: Line, one: Waiting, waiting: readonly Waiting[], from: number): boolean {
  const last = segEnd(one.seg);
  for (let i = from; i < waiting.length; i++) {
    const copy = waiting[i];
    if (!copy || !repeats(copy.seg, one.seg)) continue;
    if (one.overtaken || echoes(line, copy, one, last)) return true;
  }
  return false;
}

function echoes(line: Line, copy: Waiting, one: Waiting, last: number): boolean {
  const { tsEcr, sack } = line.captured.options;
  if (tsEcr === null || copy.tsVal === null || one.tsVal === null || copy.tsVal === one.tsVal) return false;
  const [left] = sack;
  const twice = left !== undefined && seqLt(left, last) && cameTwice({ bound: line.seg.ack, sack });
  return !twice && seqDiff(tsEcr, copy.tsVal) >= 0;
}

/** Whether a later segment brings again what an earlier one brought first. */
function repeats(later: Segment, earlier: Segment): boolean {
  if (has(earlier, SYN))
    return later.seq === earlier.seq && (later.flags & (SYN | ACK)) === (earlier.flags & (SYN | ACK));
  return seqLe(later.seq, earlier.seq) && seqGt(segEnd(later), earlier.seq);
}
