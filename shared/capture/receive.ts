import { arrive } from '../tcp/arrive.ts';
import type { End } from '../tcp/end.ts';
import { ACK, FIN, has, RST, segLen, SYN, type Segment, segEnd } from '../tcp/segment.ts';
import { seqDiff, seqGe, seqGt, seqLe, seqLt } from '../tcp/seq.ts';
import type { State } from '../tcp/state.ts';
import type { Line } from './line.ts';

/** A captured segment on its way to an end, of which it is not settled yet whether and when it arrived. */
export interface Waiting {
  /**
   * What of it has not arrived: the whole segment, or its later part where the end has acknowledged into the
   * middle.
   */
  readonly seg: Segment;
  /** The segment as it was captured, where that is wrong and `seg` is what it should have been. */
  readonly asSent?: Segment;
  readonly tNanos: number;
  readonly tsVal: number | null;
  /** It had not arrived at a time when it should have. If a copy was sent, it is the copy that arrives. */
  readonly overtaken: boolean;
  /** The end's state before the first part arrived; null while nothing has. */
  readonly before: State | null;
  /** Takes the outcome: the end's state before and after. */
  readonly line: Line;
}

/** What a captured segment of this end says about what reached it before. */
export interface Evidence {
  /**
   * Its acknowledgment number: everything before it has arrived, nothing in order after it. Null: it says
   * nothing.
   */
  readonly bound: number | null;
  /** So many of the waiting are taken to have arrived; of the others only the data that `bound` covers. */
  readonly take: number;
  /**
   * Data in order that `bound` does not cover has not arrived, nor has what was sent after it, unless it is
   * older than this instant and must be lost.
   */
  readonly lostBeforeNanos: number;
  /** Blocks that have arrived beyond a gap (RFC 2018): left and right edges in turn. */
  readonly sack: readonly number[];
  /**
   * The most octets that went through the network in one piece: a longer segment was cut up after its
   * capture.
   */
  readonly pieceOctets: number;
  /**
   * Whether what was kept from beyond a gap and `bound` leaves out has been thrown away since: RFC 9293 only
   * advises to keep it (§3.10.7.4, SHLD-31).
   */
  readonly forgetsHeld?: true;
  /**
   * Whether what lies beyond a gap has arrived, as far as it opens a connection: its ACK counts though its
   * octets wait (§3.10.7.4 fifth).
   */
  readonly opensBeyondGap?: true;
  /**
   * Whether one is known to be lost, because a copy of it, among the waiting from an index on, has arrived.
   */
  readonly isLost: (one: Waiting, waiting: readonly Waiting[], from: number) => boolean;
}

export interface Received {
  readonly end: End;
  /** What arrived, in order, with the states around it. */
  readonly arrived: readonly { readonly waiting: Waiting; readonly before: State; readonly after: State }[];
  readonly left: readonly Waiting[];
  /** What never will arrive, because a copy of it has; with the state it found nothing of. */
  readonly lost: readonly { readonly waiting: Waiting; readonly state: State }[];
}

/**
 * Lets an end receive those of the waiting segments that it must have received before it sent the segment the
 * evidence is from. Pure: the caller tries several readings of the evidence and keeps the one that makes
 * sense.
 */
export function receive(end: End, waiting: readonly Waiting[], evidence: Evidence): Received {
  const { bound } = evidence;
  let { take } = evidence;
  const arrived: { waiting: Waiting; before: State; after: State }[] = [];
  const left: Waiting[] = [];
  const lost: { waiting: Waiting; state: State }[] = [];
  for (const [i, one] of waiting.entries()) {
    const { seg } = one;
    const whole = i < take;
    const before = one.before ?? end.state;
    const nxt = end.tcb.rcv.nxt;
    const opens = has(seg, SYN) && nxt === null;
    let piece: Segment | null;
    let rest: Segment | null = null;

    if (has(seg, RST)) {
      piece = whole ? seg : null;
    } else if (bound === null || (nxt === null && !opens) || segLen(seg) === 0) {
      // A bare ACK brings nothing that could be acknowledged, wherever it stands.
      piece = whole ? seg : null;
    } else if (opens || seqGt(segEnd(seg), nxt ?? seg.seq)) {
      // It brings something new: as much of it has arrived as the end acknowledges.
      if (
        !opens &&
        seqGe(seg.seq, bound) &&
        (isSacked(seg, evidence.sack) || (evidence.opensBeyondGap && opensWith(end, seg)))
      ) {
        end = arrive(end, seg);
        arrived.push({ waiting: one, before, after: end.state });
        continue;
      }
      if (opens ? !seqGt(bound, seg.seq) : seqGe(seg.seq, bound)) {
        if (!opens && isBeforeBlock(seg, evidence.sack)) {
          left.push(one.overtaken ? one : { ...one, overtaken: true });
          continue;
        }
        if (one.tNanos > evidence.lostBeforeNanos && (opens || seqLe(seg.seq, bound)))
          take = Math.min(take, i);
        left.push(one);
        continue;
      }
      if (!opens && seg.dataOctets <= evidence.pieceOctets && seqLt(bound, segEnd(seg))) {
        left.push(one); // it arrives as a whole or not at all
        continue;
      }
      if (evidence.isLost(one, waiting, i + 1)) {
        lost.push({ waiting: one, state: end.state });
        continue;
      }
      ({ piece, rest } = cut(seg, bound));
      if (!whole && nxt !== null) piece = { ...piece, ack: end.tcb.snd.una };
    } else {
      piece = whole ? seg : null;
    }

    if (!piece) {
      left.push(one);
      continue;
    }
    const fills = bound !== null && seqGe(bound, segEnd(piece));
    end = arrive(evidence.forgetsHeld && fills ? withHeldUpTo(end, bound) : end, piece);
    if (opens && piece.dataOctets > 0 && bound !== null) end = withAcceptedSynData(end, bound);
    if (rest) left.push({ ...one, seg: rest, before });
    else arrived.push({ waiting: one, before, after: end.state });
  }
  return { end, arrived, left, lost };
}

/** Whether a selective acknowledgment names all of a segment. */
export function isSacked(seg: Segment, sack: readonly number[]): boolean {
  const last = segEnd(seg);
  for (let i = 0; i + 1 < sack.length; i += 2) {
    if (seqLe(sack[i] ?? 0, seg.seq) && seqLe(last, sack[i + 1] ?? 0)) return true;
  }
  return false;
}

/** Whether the selective acknowledgment begins with what had come before (RFC 2883). */
export function cameTwice({ bound, sack: [left, right] }: Pick<Evidence, 'bound' | 'sack'>): boolean {
  return bound !== null && left !== undefined && right !== undefined && seqLe(right, bound);
}

function opensWith({ state, tcb }: End, seg: Segment): boolean {
  const isBeyond = tcb.rcv.nxt !== null && seqGt(seg.seq, tcb.rcv.nxt);
  return state === 'SYN-RECEIVED' && isBeyond && !has(seg, SYN) && has(seg, ACK) && seg.ack === tcb.snd.nxt;
}

function isBeforeBlock(seg: Segment, sack: readonly number[]): boolean {
  for (let i = 0; i + 1 < sack.length; i += 2) {
    if (seqLt(seg.seq, sack[i] ?? 0)) return true;
  }
  return false;
}

/**
 * RFC 7413: data on a SYN that the server acknowledges at once. RFC 9293 keeps it until the handshake is
 * over.
 */
function withAcceptedSynData(end: End, bound: number): End {
  const { rcv } = end.tcb;
  if (rcv.nxt === null || !seqLt(rcv.nxt, bound)) return end;
  return { ...end, tcb: { ...end.tcb, rcv: { ...rcv, nxt: bound } }, held: [] };
}

/** The end with what it keeps from beyond a gap, but only up to a number. */
function withHeldUpTo(end: End, upTo: number): End {
  const held = end.held
    .filter(({ seq }) => seqLt(seq, upTo))
    .map((range) => {
      const octets = seqDiff(upTo, range.seq);
      return octets > range.dataOctets ? range : { ...range, dataOctets: octets, fin: false };
    });
  return { ...end, held };
}

/** Divides a segment at a number that it reaches. */
function cut(seg: Segment, at: number): { piece: Segment; rest: Segment | null } {
  const length = segLen(seg);
  const kept = seqDiff(at, seg.seq);
  if (kept >= length) return { piece: seg, rest: null };
  const dataOctets = Math.min(kept - (has(seg, SYN) ? 1 : 0), seg.dataOctets);
  const piece = { ...seg, flags: seg.flags & ~FIN, dataOctets };
  // Data on a SYN that the server leaves out is not on its way any more: it will be sent again.
  if (has(seg, SYN)) return { piece, rest: null };
  return { piece, rest: { ...seg, seq: at, dataOctets: seg.dataOctets - dataOctets } };
}
