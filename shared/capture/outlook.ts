import { ACK, FIN, has, RST, type Segment, segLen, SYN, segEnd } from '../tcp/segment.ts';
import { seqAdd, seqGe, seqGt, seqLe, seqLt } from '../tcp/seq.ts';
import type { End } from '../tcp/end.ts';
import type { CapturedSegment } from './captured-segment.ts';
import type { Identifications } from './identifications.ts';
import type { Line } from './line.ts';
import { nextOfPeer } from './next-of.ts';
import type { Reach } from './reach.ts';
import type { Waiting } from './receive.ts';
import type { Timestamps } from './timestamps.ts';

/** So many segments of a connection are known beyond the one at hand. */
export const OUTLOOK = 32;

/** Segments that pass within this time may be recorded in the wrong order. */
const SHUFFLED_NANOS = 50_000;

/** No ACK is put off for longer, unless there is nobody to send it. */
const SOON_NANOS = 50_000_000;

/** A part of a stream that the capture does not have: data, and a FIN behind any data. */
export interface Missing {
  readonly fin: boolean;
}

/** A part of the peer's stream that had arrived before it was captured, if it ever was. */
export interface MissingArrival extends Missing {
  /** The machine that recorded both ends' segments did so in the wrong order: it comes in a moment. */
  readonly comes: boolean;
}

/**
 * What cannot be known before the capture has been read on: segments of this connection behind the one at
 * hand.
 */
export interface Outlook {
  /**
   * An unseen part of this end's stream, up to `upTo`, is borne out by what follows, if it is not `known` to
   * exist. `isBeyond`: of nothing that far was captured before.
   */
  unseenSends(from: number, upTo: number, known: boolean, isBeyond: boolean): Missing | null;
  /**
   * The peer's FIN comes another time, or this end acknowledges more than `ack` in a moment, or no more than
   * it again.
   */
  finWasLate(ack: number): boolean;
  /** The peer has sent something from `from` up to `upTo` that the capture does not have. */
  unseenArrival(from: number, upTo: number): MissingArrival | null;
  /**
   * The ACK that opened the connection for a server went unseen: what the client sends next is another one.
   */
  readonly unseenOpening: boolean;
  /** Something of this end's from before this number is sent another time. */
  sendsAgain(upTo: number): boolean;
  /**
   * The peer's initial number, if its SYN was not captured: it may have arrived nevertheless. Null if it was
   * captured.
   */
  unseenSyn(upTo: number): number | null;
  /**
   * This end echoes a timestamp that was captured nowhere: something of the peer's that the capture does not
   * have has reached it.
   */
  readonly heardUnseen: boolean;
  /** Nothing was captured of the peer, now or later: what reached this end cannot be doubted. */
  readonly isUnheard: boolean;
  /** What reached this end may be more than was captured of the peer, now or for good. */
  readonly mayHaveHeardUnseen: boolean;
  /**
   * The peer's last number is this one: it sends nothing more from there on, and nothing else is
   * acknowledged.
   */
  hasEndedAt(number: number): boolean;
  /** Whether a segment of the peer's may have ended at this number. */
  peerReached(number: number): boolean;
  /** The highest number of this end's that the peer has acknowledged. */
  readonly ackedByPeer: number | null;
  /** The connection uses TCP Fast Open. */
  readonly fastOpen: boolean;
}

/** What is known of the other end. */
export interface Peer {
  readonly end: End | null;
  /** Its initial number, or one before the first that was captured. */
  readonly base: number | null;
  readonly synSeen: boolean;
  readonly ids: Identifications;
  readonly reach: Reach;
  readonly timestamps: Timestamps;
  /** Whether a segment of it has been captured. */
  readonly hasSpoken: boolean;
}

/** What is known of the connection as a whole. */
export interface Connection {
  readonly fastOpen: boolean;
  /** Of both ends only segments with data were kept: what is acknowledged may have gone without. */
  readonly onlyData: boolean;
}

/** What is known of this end's own hearing. */
export interface Hearing {
  readonly timestamps: Timestamps;
  readonly waiting: readonly Pick<Waiting, 'tsVal'>[];
}

/** What follows a segment, as far as it is known. */
export function outlookOf(
  line: Line,
  upcoming: readonly Line[],
  { speaker, listener: peer }: { readonly speaker: Hearing; readonly listener: Peer },
  { fastOpen, onlyData }: Connection,
): Outlook {
  const mine = line.captured.from;
  const { tsEcr } = line.captured.options;
  const heardUnseen = tsEcr !== null && tsEcr !== 0 && echoesUnseen(tsEcr, speaker, peer);
  const isSoon = ({ tNanos }: CapturedSegment): boolean => tNanos - line.captured.tNanos < SOON_NANOS;
  const fills = ({ captured, seg }: Line, upTo: number): boolean =>
    captured.from !== mine && seqLt(seg.seq, upTo) && seqGe(segEnd(seg), upTo);
  return {
    fastOpen,
    heardUnseen,
    ackedByPeer: peer.reach.ackedUpTo,
    peerReached: (number) => peer.reach.mayHaveEndedAt(number),
    get isUnheard() {
      return !peer.hasSpoken && !nextOfPeer(line, upcoming);
    },
    get mayHaveHeardUnseen() {
      const next = nextOfPeer(line, upcoming);
      return (
        heardUnseen || (next ? peer.ids.hasSkipped(next.captured.id) : !peer.hasSpoken || upcoming.length > 0)
      );
    },
    get unseenOpening() {
      const first = seqAdd(peer.base ?? 0, 1);
      const isOpening = ({ captured, seg }: Line): boolean =>
        captured.from !== mine && seg.seq === first && !has(seg, RST);
      return peer.base === null || !upcoming.some(isOpening);
    },
    unseenSyn: (upTo) => (peer.synSeen ? null : (peer.base ?? seqAdd(upTo, -1))),
    hasEndedAt: (number) =>
      !upcoming.some(
        (one) =>
          fills(one, seqAdd(number, 1)) ||
          (one.captured.from === mine && has(one.seg, ACK) && one.seg.ack !== seqAdd(number, 1)),
      ),
    sendsAgain: (upTo) =>
      [line, ...upcoming].some(
        ({ captured, seg }) => captured.from === mine && segLen(seg) > 0 && seqLt(seg.seq, upTo),
      ),
    finWasLate: (ack) =>
      upcoming.some(({ captured, seg }) =>
        captured.from === mine
          ? has(seg, ACK) && (seg.ack === ack || (seqGt(seg.ack, ack) && isSoon(captured)))
          : has(seg, FIN),
      ),
    unseenArrival(from, upTo) {
      const nxt = peer.end?.tcb.snd.nxt;
      if (nxt !== undefined && seqGe(nxt, upTo)) {
        const isRight =
          peer.reach.mayHaveEndedAt(upTo) ||
          (peer.reach.gaps.includes(upTo) && !upcoming.some((one) => fills(one, upTo)));
        return isRight ? { fin: false, comes: false } : null;
      }
      let isShown = heardUnseen || onlyData;
      let isExact = false;
      let isTakenBack = false;
      let goesOn = upcoming.length >= OUTLOOK;
      for (const { captured, seg } of upcoming) {
        if (has(seg, SYN) && !has(seg, ACK)) break; // another connection begins
        if (captured.from === mine) {
          if (!has(seg, ACK) || isOlder(captured, line.captured)) continue;
          if (seqLt(seg.ack, upTo)) isTakenBack = true;
          else isShown = true;
          if (seg.ack === upTo) isExact = true;
          if (seqGt(seg.ack, upTo)) goesOn = true;
          continue;
        }
        if (isAbort(seg) && seqGe(seg.seq, upTo)) isShown = true;
        if (has(seg, SYN | RST)) continue;
        const end = segEnd(seg);
        if (end === upTo && segLen(seg) > 0 && captured.tNanos - line.captured.tNanos < SHUFFLED_NANOS)
          return { fin: false, comes: true };
        // What is sent only now has not arrived before, unless this is another copy of it.
        if (nxt !== undefined && seqLe(seg.seq, nxt) && seqGt(end, nxt) && !heardUnseen) return null;
        if (seqGe(seg.seq, upTo)) isShown = true;
        if (seg.seq === upTo) isExact = true;
        if (seqGt(end, upTo)) goesOn = true;
      }
      if (!this.isUnheard && (!isShown || (isTakenBack && !isExact))) return null;
      return { fin: seqAdd(from, 1) === upTo && !goesOn, comes: false };
    },
    unseenSends(from, upTo, known, isBeyond) {
      const last = segEnd(line.seg);
      const aborts = isAbort(line.seg);
      let borneOut = known || aborts;
      let endsInFin = false;
      let goesOn = segLen(line.seg) > 0 || upcoming.length >= OUTLOOK;
      for (const { captured, seg } of upcoming) {
        const end = segEnd(seg);
        if (captured.from === mine) {
          if (seqGt(end, upTo) && !has(seg, RST)) goesOn = true;
          const fills =
            segLen(seg) > 0 &&
            seqLe(seg.seq, from) &&
            seqGt(end, from) &&
            (seqLe(end, upTo) || end === last || (line.seg.dataOctets > 0 && seqGt(end, last)));
          if (fills && end === upTo) return { fin: has(seg, FIN) };
          if (has(seg, FIN) && seg.dataOctets > 0 && end === upTo && seqGt(seg.seq, from)) endsInFin = true;
          // What is missing is sent again, or what comes next continues behind it.
          const continues =
            seg.seq === last && (segLen(line.seg) > 0 || isAnother(captured, line.captured, isBeyond));
          if (fills || continues) borneOut = true;
        } else if (has(seg, ACK)) {
          const edges = captured.options.sack;
          if (seg.ack === last && last !== from) borneOut = true;
          if (edges.includes(last) || edges.includes(line.seg.seq)) borneOut = true;
        }
      }
      if (!borneOut) return null;
      // A single number and nothing behind it: that is a FIN.
      return { fin: endsInFin || (seqAdd(from, 1) === upTo && !goesOn && !aborts) };
    },
  };
}

/** Whether this is an abort, which says how far its stream has come (§3.10.5). */
function isAbort(seg: Segment): boolean {
  return has(seg, RST) && has(seg, ACK);
}

/** Whether a timestamp comes back that neither has arrived already nor waits to. */
function echoesUnseen(tsEcr: number, { timestamps: { heard }, waiting }: Hearing, peer: Peer): boolean {
  const { newest } = peer.timestamps;
  if (newest === null || seqGt(tsEcr, newest)) return true;
  return heard !== null && seqGt(tsEcr, heard) && !waiting.some(({ tsVal }) => tsVal === tsEcr);
}

/** Whether a segment was sent earlier than one that was captured before it, by its timestamp. */
function isOlder({ options: { tsVal } }: CapturedSegment, { options }: CapturedSegment): boolean {
  return tsVal !== null && options.tsVal !== null && seqLt(tsVal, options.tsVal);
}

/**
 * Whether it is certainly not the same segment, captured twice. Without identifications what is sent anew
 * tells that.
 */
function isAnother(one: CapturedSegment, other: CapturedSegment, isNew: boolean): boolean {
  if (one.id > 0 || other.id > 0) return one.id !== other.id;
  return (
    isNew &&
    (one.seg.flags !== other.seg.flags ||
      one.seg.ack !== other.seg.ack ||
      one.options.tsVal !== other.options.tsVal)
  );
}
