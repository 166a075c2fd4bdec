import { arrive } from '../tcp/arrive.ts';
import { type End, UNKNOWN_WND } from '../tcp/end.ts';
import { chooseIss } from '../tcp/iss.ts';
import { judge } from '../tcp/judge.ts';
import { ACK, FIN, has, RST, segLen, SYN, type Segment } from '../tcp/segment.ts';
import { seqAdd, seqDiff, seqGt, seqLe, seqLt } from '../tcp/seq.ts';
import type { State } from '../tcp/state.ts';
import type { Verdict } from '../tcp/verdict.ts';
import { asMeant } from './as-meant.ts';
import { Copies } from './copies.ts';
import {
  afterSending,
  believing,
  capturedEnd,
  inState,
  withSynData,
  withWindowUpTo,
} from './inferred-end.ts';
import { Identifications } from './identifications.ts';
import { type Line, still } from './line.ts';
import { type Evidence, isSacked, receive, type Received, unseenData, type Waiting } from './receive.ts';
import type { Side } from './told.ts';

/** What cannot be known before the capture has been read on: segments of this connection behind the one at hand. */
export interface Outlook {
  /** An unseen part of this end's stream, up to `upTo`, is borne out by what follows: data, or a FIN behind any data. */
  unseenSends(from: number, upTo: number): { readonly fin: boolean } | null;
  /** The peer has sent something up to `upTo` that the capture does not have. */
  unseenArrival(upTo: number): boolean;
  /** The peer's initial number, if its SYN was not captured: it may have arrived nevertheless. Null if it was captured. */
  readonly unseenSyn: (upTo: number) => number | null;
  /** The connection uses TCP Fast Open. */
  readonly fastOpen: boolean;
}

interface Reading {
  readonly received: Received;
  readonly end: End;
  readonly verdict: Verdict;
}

const HISTORY = 64;
const HEARD = 8;
const EDGES = 256;
/** So many segments may wait for an end that says nothing; beyond that the oldest count as arrived. */
const MOST_WAITING = 4096;
/** Readings of the evidence that are tried before a segment is called wrong. */
const MOST_READINGS = 48;
/** What all readings for one segment may look at together, in waiting segments. */
const MOST_LOOKED_AT = 8192;
/** So many readings may an end's late segments take beyond those that its right ones have earned. */
const RESCUE_BUDGET = 4096;
const NANOS_PER_MS = 1e6;
/** A little less than the first retransmission time-out (RFC 6298 §2.1), which every kernel keeps for a SYN. */
const FIRST_TIMEOUT_NANOS = 900 * NANOS_PER_MS;

/**
 * One end of a captured connection: follows the engine's {@link End} through what the end sent and what it must have
 * received before. What waits for it is settled only when it speaks, since only then does it show what has arrived.
 */
export class Speaker {
  readonly side: Side;
  /** Null until it is known what kind of end this is. */
  end: End | null = null;
  /** Its initial sequence number, or one before the first number that was captured; null while unknown. */
  base: number | null = null;
  /** Window Scale of its SYN: null while unknown, or not offered. */
  shift: number | null = null;
  /** Whether its SYN was captured: its initial number and its window's scale are known. */
  synSeen = false;
  /** The least the peer can have put into one segment that was not cut up later: less than either MSS by the longest options. */
  pieceOctets = 0;
  /** Octets of data on its SYN; they count as sent once the peer acknowledges them. */
  synDataOctets = 0;
  /** The first number that was captured of an end whose SYN was not. */
  firstSeq: number | null = null;
  /** The highest acknowledgment number plus window that the peer ever sent; null while a window's scale is unknown. */
  rightEdge: number | null = null;
  rightEdgeKnown = true;
  readonly copies = new Copies();
  waiting: Waiting[] = [];
  /** The state to show while nothing is known. */
  quietState: State = 'LISTEN';

  /** What this end was, and what waited for it, before each of its last segments. */
  private history: { readonly end: End; readonly waiting: readonly Waiting[] }[] = [];
  private readonly ids = new Identifications();
  private newestTs: number | null = null;
  /** The newest timestamp that has reached this end. */
  private heardTs: number | null = null;
  /** What reached it last, newest last. */
  private heard: Segment[] = [];
  /** The shortest time between a segment's passing the recording machine and an answer to it. */
  private roundTripNanos: number | null = null;
  private wrongInARow = 0;
  /** Where its last segments ended. */
  private edges: number[] = [];
  private nextEdge = 0;
  private sentLonger = false;
  private rescueBudget = RESCUE_BUDGET;

  constructor(side: Side) {
    this.side = side;
  }

  get state(): State {
    return this.end?.state ?? this.quietState;
  }

  /** Settles what reached this end before it sent the line's segment, judges that, and lets the end have sent it. */
  speak(line: Line, seg: Segment, outlook: Outlook): void {
    const end = this.goneBefore(seg) ?? this.end ?? capturedEnd(seg.seq);
    const { captured } = line;
    let reading: Reading | null = null;
    let first: Reading | null = null;
    for (const evidence of this.evidence(line, seg, this.waiting)) {
      const read = this.read(end, this.waiting, seg, captured.id, evidence, outlook);
      first ??= read;
      if (read.verdict.verdict !== 'wrong') {
        reading = read;
        break;
      }
      // A RST from an end that should be gone: it answers something that came too late.
      if (read === first && read.end.state === 'CLOSED') reading = this.closedUnseen(end, seg, read);
      if (reading) break;
    }
    if (!first) throw new Error('no reading of the evidence was tried');
    const late = reading ? null : this.lateOf(line, seg, outlook);
    if (late) {
      this.ids.remember(captured.id);
      line.sender = late.sender;
      line.verdict = late.verdict;
      this.end = end;
      return;
    }
    const chosen = reading ?? this.closedUnseen(end, seg, first) ?? first;
    this.remember(end, captured.id, captured.options.tsVal);
    this.settle(chosen.received, line, seg);
    const before = chosen.received.end.state;
    let after = this.send(chosen.end, asMeant(seg, chosen.verdict), outlook);
    if (chosen.verdict.verdict === 'wrong') {
      // Once is a wrong segment; again and again, it is this end's numbers that are not what they were taken for.
      if (++this.wrongInARow >= 3 && !has(seg, RST)) after = believing(after, seg, has(seg, ACK));
    } else {
      this.wrongInARow = 0;
      if (this.rescueBudget < RESCUE_BUDGET) this.rescueBudget += 16;
    }
    line.sender = before === after.state ? still(before) : { before, after: after.state };
    line.verdict = chosen.verdict;
    this.end = after;
  }

  /** Everything that waits has arrived: nothing will say otherwise any more. */
  hearAll(): void {
    const unanswered = this.unanswered();
    for (const waiting of this.waiting) {
      if (unanswered.has(waiting)) {
        waiting.settle(this.state, this.state);
        continue;
      }
      const before = waiting.before ?? this.state;
      if (this.end) this.end = arrive(this.end, waiting.seg);
      waiting.settle(before, this.state);
    }
    this.waiting = [];
  }

  /** Takes note of where a segment ends that this end has sent. */
  reach(seg: Segment): void {
    if (segLen(seg) === 0) return;
    if (seg.dataOctets > this.pieceOctets) this.sentLonger = true;
    this.edges[this.nextEdge] = seqAdd(seg.seq, segLen(seg));
    this.nextEdge = (this.nextEdge + 1) % EDGES;
  }

  /** Whether a segment of this end may have ended at this number on the wire. */
  mayReachExactly(upTo: number): boolean {
    return this.sentLonger || this.edges.includes(upTo);
  }

  /** Lets a segment wait for this end, which does not mean that it will arrive. */
  wait(waiting: Waiting): void {
    const { seg } = waiting;
    if (this.end && has(seg, SYN) && has(seg, ACK) && this.synDataOctets > 0) {
      const most = seqAdd(this.end.tcb.iss, 1 + this.synDataOctets);
      if (seqLe(seg.ack, most)) this.end = withSynData(this.end, seg.ack);
    }
    if (has(seg, ACK)) {
      const edge = seqAdd(seg.ack, seg.wnd);
      if (seg.wnd >= UNKNOWN_WND) this.rightEdgeKnown = false;
      else if (this.rightEdge === null || seqGt(edge, this.rightEdge)) this.rightEdge = edge;
    }
    this.waiting.push(waiting);
    if (this.waiting.length > MOST_WAITING) this.forgetOldest();
  }

  /** How the segment at hand may be understood, the likeliest reading first. */
  private *evidence(line: Line, seg: Segment, waiting: readonly Waiting[]): Generator<Evidence> {
    const now = line.captured.tNanos;
    const bound = has(seg, ACK) ? seg.ack : null;
    const { sack } = line.captured.options;
    const { pieceOctets } = this;
    const trip = this.roundTripNanos;
    const isLost: Evidence['isLost'] = (one, among, from) => this.isLost(line, one, among, from);
    // A segment that passed less than a round trip ago cannot have been answered yet, unless the numbers say so.
    const newest = trip === null ? now : now - (trip > NANOS_PER_MS ? 0.8 : 0.5) * trip;
    let take = waiting.length;
    const hasArrived = (one: Waiting): boolean => this.covers(bound, one) || isSacked(one.seg, sack);
    while (take > 0) {
      const last = waiting[take - 1];
      if (!last || last.tNanos <= newest || hasArrived(last)) break;
      take--;
    }
    take = Math.min(take, this.unheard(line, waiting), this.answeredAtOnce(seg, waiting));
    const lostBeforeNanos = this.lostBefore(now);
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
    // A RST may carry any number.
    if (bound !== null && has(seg, RST)) {
      yield { bound: null, take: waiting.length, lostBeforeNanos: now, sack, pieceOctets, isLost };
    }
  }

  /**
   * How many of the waiting may have arrived going by the echoed timestamp: a pure ACK at the number this end acknowledged last
   * would have been echoed (RFC 7323 §4.3). A SYN,ACK and an ACK from TIME-WAIT echo what was kept aside.
   */
  private unheard(line: Line, waiting: readonly Waiting[]): number {
    const { tsEcr } = line.captured.options;
    const acked = this.end?.lastSent?.ack;
    if (tsEcr === null || has(line.seg, SYN | RST) || this.state === 'TIME-WAIT') return waiting.length;
    const first = waiting.findIndex(
      ({ seg, tsVal }) =>
        tsVal !== null &&
        segLen(seg) === 0 &&
        !has(seg, RST) &&
        seg.seq === acked &&
        seqDiff(tsVal, tsEcr) > 0,
    );
    return first < 0 ? waiting.length : first;
  }

  /** A FIN that ends the peer's half of the closing is acknowledged before anything else is looked at. */
  private answeredAtOnce(seg: Segment, waiting: readonly Waiting[]): number {
    const closing = this.state === 'FIN-WAIT-1' || this.state === 'FIN-WAIT-2';
    if (!closing || segLen(seg) > 0 || !has(seg, ACK)) return waiting.length;
    const fin = waiting.findLastIndex((one) => has(one.seg, FIN) && this.covers(seg.ack, one));
    return fin < 0 ? waiting.length : fin + 1;
  }

  /** Whether this segment brings something that `bound` acknowledges for the first time. */
  private covers(bound: number | null, waiting: Waiting | undefined): boolean {
    if (bound === null || !waiting) return false;
    const length = segLen(waiting.seg);
    const nxt = this.end?.tcb.rcv.nxt ?? null;
    const last = seqAdd(waiting.seg.seq, length);
    return length > 0 && seqLe(last, bound) && (nxt === null || seqGt(last, nxt));
  }

  private read(
    end: End,
    waiting: readonly Waiting[],
    seg: Segment,
    id: number,
    evidence: Evidence,
    outlook: Outlook,
  ): Reading {
    const synchronized = end.tcb.rcv.nxt !== null && end.state !== 'SYN-RECEIVED';
    // What went unseen went out before what this segment answers: else it would have carried the answer.
    if (synchronized) end = this.withUnseenSends(end, seg, id, outlook);
    const received = receive(end, waiting, evidence);
    let ready = received.end;
    if (
      ready.tcb.rcv.nxt === null &&
      evidence.bound !== null &&
      ready.state === 'SYN-SENT' &&
      !has(seg, SYN | RST)
    ) {
      const irs = outlook.unseenSyn(evidence.bound);
      if (irs !== null) ready = arrive(ready, synAck(irs, ready.tcb.snd.nxt));
    }
    if (evidence.bound !== null && !has(seg, RST)) {
      const unseen = unseenData(ready, evidence.bound);
      if (unseen && outlook.unseenArrival(evidence.bound)) ready = arrive(ready, unseen);
    }
    ready = this.withUnseenHandshake(ready, seg);
    if (!synchronized) ready = this.withUnseenSends(ready, seg, id, outlook);
    if (has(seg, SYN)) ready = chooseIss(ready, seg.seq);
    return { received, end: ready, verdict: this.judge(ready, seg, outlook) };
  }

  private withUnseenSends(end: End, seg: Segment, id: number, outlook: Outlook): End {
    const { snd, iss } = end.tcb;
    if (!seqGt(seg.seq, snd.nxt) || snd.nxt === iss || has(seg, SYN)) return end;
    if (!this.ids.mayHaveSkipped(id)) return end;
    const unseen = outlook.unseenSends(snd.nxt, seg.seq);
    return unseen ? afterUnseenSends(end, seg.seq, unseen.fin) : end;
  }

  /** The SYN,ACK of an end that goes on to speak, though it was lost before it could be captured. */
  private withUnseenHandshake(end: End, seg: Segment): End {
    const { iss, snd, rcv } = end.tcb;
    if (this.synSeen || end.state !== 'SYN-RECEIVED' || snd.nxt !== iss || has(seg, SYN | RST)) return end;
    return rcv.nxt === null ? end : afterSending(end, synAck(iss, rcv.nxt));
  }

  private judge(end: End, seg: Segment, outlook: Outlook): Verdict {
    const again = has(seg, SYN) && seg.dataOctets > 0 && end.tcb.snd.nxt !== end.tcb.iss;
    const judged = again ? { ...seg, dataOctets: 0 } : seg;
    const verdict = judge(end, judged, { app: 'free' });
    if (verdict.verdict !== 'wrong') return verdict;
    if (outlook.fastOpen && end.state === 'SYN-RECEIVED' && !has(seg, SYN | RST)) {
      // RFC 7413 §4.2: the server may send before the handshake is over.
      const early = judge(inState(end, 'ESTABLISHED'), seg, { app: 'free' });
      if (early.verdict !== 'wrong') return { ...early, verdict: 'legal' };
    }
    if (verdict.faults.some((fault) => fault.code === 'beyond-window')) {
      const wide = withWindowUpTo(end, this.rightEdgeKnown ? this.rightEdge : null);
      const wider = judge(wide, seg, { app: 'free' });
      if (wider.verdict !== 'wrong') return wider;
    }
    if (this.firstSeq !== null && seqLt(seg.seq, this.firstSeq) && !has(seg, SYN | RST)) {
      // Sent again from before the capture began.
      return { ...verdict, verdict: 'legal', why: 'retransmit', faults: [] };
    }
    return verdict;
  }

  private send(end: End, seg: Segment, outlook: Outlook): End {
    if (has(seg, SYN)) {
      this.synDataOctets = Math.max(this.synDataOctets, seg.dataOctets);
      return afterSending(end, seg.dataOctets > 0 ? { ...seg, dataOctets: 0 } : seg);
    }
    if (outlook.fastOpen && end.state === 'SYN-RECEIVED' && seg.dataOctets > 0 && end.opened === 'passive') {
      const after = afterSending(inState(end, 'ESTABLISHED'), seg);
      return after.state === 'ESTABLISHED' ? inState(after, 'SYN-RECEIVED') : after;
    }
    return afterSending(withWindowUpTo(end, this.rightEdgeKnown ? this.rightEdge : null), seg);
  }

  /**
   * A segment that left this end earlier than others that were captured before it: right if it was right then.
   * The identification, or else the timestamp, must not speak against it.
   */
  private lateOf(
    line: Line,
    seg: Segment,
    outlook: Outlook,
  ): (Pick<Line, 'sender'> & { verdict: Verdict }) | null {
    const original = this.copies.possibleOriginalOf(line);
    if (original?.verdict && original.verdict.verdict !== 'wrong') {
      return { sender: original.sender, verdict: original.verdict };
    }
    if (!this.mayBeLate(line)) return null;
    for (let i = this.history.length - 1; i >= 0; i--) {
      const then = this.history[i];
      if (!then || (has(seg, SYN) && seg.seq !== this.base)) continue;
      for (const evidence of this.evidence(line, seg, then.waiting)) {
        if (--this.rescueBudget < 0) return null;
        const { end, verdict } = this.read(then.end, then.waiting, seg, line.captured.id, evidence, outlook);
        if (verdict.verdict !== 'wrong') {
          const after = this.send(end, seg, outlook).state;
          return { sender: { before: end.state, after }, verdict: { ...verdict, verdict: 'legal' } };
        }
        if (evidence.take === 0) break;
      }
    }
    return null;
  }

  private mayBeLate({ captured: { id, options }, seg }: Line): boolean {
    if (options.tsEcr !== null && this.heardTs !== null && seqLt(options.tsEcr, this.heardTs)) return true;
    // Sent again before the ACK came, and without timestamps nothing tells when it came.
    if (options.tsEcr === null && seg.dataOctets > 0 && this.edges.includes(seqAdd(seg.seq, segLen(seg))))
      return true;
    const isLate = this.ids.isLate(id);
    if (isLate !== null) return isLate;
    if (options.tsVal !== null && this.newestTs !== null) return seqLe(options.tsVal, this.newestTs);
    return true;
  }

  /**
   * A RST without ACK for what an open connection would have taken: nobody was there any more. The application closed in SYN-SENT,
   * which sends nothing (§3.10.4), or aborted with a RST that was not captured; a RST that aborts carries an ACK in every kernel.
   */
  private goneBefore(seg: Segment): End | null {
    const { end } = this;
    if (!end || !has(seg, RST) || has(seg, ACK)) return null;
    if (end.state !== 'SYN-SENT' && end.state !== 'ESTABLISHED' && end.state !== 'CLOSE-WAIT') return null;
    const late = this.waiting.some(
      ({ seg: waiting }) =>
        has(waiting, ACK) &&
        !has(waiting, RST) &&
        waiting.ack === seg.seq &&
        (end.state !== 'SYN-SENT' || has(waiting, SYN)),
    );
    return late ? { ...capturedEnd(end.tcb.iss), closedFrom: end.state } : null;
  }

  /** A RST for something that arrived after the application was gone, in a way that sent nothing. */
  private closedUnseen(end: End, seg: Segment, first: Reading): Reading | null {
    if (!has(seg, RST)) return null;
    const closed = capturedEnd(end.tcb.iss);
    const waiting = [...this.waiting].reverse();
    const last = first.received.end.newest?.seg;
    const strays = [...waiting.map((one) => one.seg), ...(last ? [last] : []), ...this.heard];
    for (const stray of strays.slice(0, MOST_READINGS)) {
      const verdict = judge(arrive(closed, stray), seg, { app: 'free' });
      if (verdict.verdict !== 'wrong') {
        return { received: first.received, end: { ...closed, tcb: end.tcb }, verdict };
      }
    }
    return null;
  }

  private settle(chosen: Received, line: Line, seg: Segment): void {
    const { arrived, lost } = chosen;
    const now = line.captured.tNanos;
    const bound = has(seg, ACK) ? seg.ack : null;
    for (const { waiting, before, after } of arrived) {
      if (this.covers(bound, waiting)) {
        const trip = Math.max(0, now - waiting.tNanos);
        this.roundTripNanos = this.roundTripNanos === null ? trip : Math.min(this.roundTripNanos, trip);
      }
      waiting.settle(before, after);
      this.hear(waiting);
    }
    for (const { waiting, state } of lost) waiting.settle(state, state);
    const lostBefore = this.lostBefore(now);
    const left: Waiting[] = [];
    for (const waiting of chosen.left) {
      if (waiting.tNanos >= lostBefore || waiting.overtaken) left.push(waiting);
      else if (segLen(waiting.seg) === 0 || has(waiting.seg, RST)) waiting.settle(this.state, this.state);
      else left.push({ ...waiting, overtaken: true });
    }
    this.waiting = left;
  }

  /** What passed before this instant and had no effect will not have one any more. */
  private lostBefore(now: number): number {
    return this.roundTripNanos === null
      ? now - FIRST_TIMEOUT_NANOS
      : now - 1.5 * this.roundTripNanos - 10 * NANOS_PER_MS;
  }

  /**
   * Whether a copy got through and not this one: because what was sent between the two had arrived before, or because the
   * timestamp that is echoed is the copy's (RFC 7323 §4.3). If nothing tells, the first is taken to have arrived.
   */
  private isLost(line: Line, one: Waiting, waiting: readonly Waiting[], from: number): boolean {
    const last = seqAdd(one.seg.seq, segLen(one.seg));
    for (let i = from; i < waiting.length; i++) {
      const copy = waiting[i];
      if (!copy || !repeats(copy.seg, one.seg)) continue;
      if (one.overtaken || this.echoes(line, copy, one, last)) return true;
    }
    return false;
  }

  private echoes(line: Line, copy: Waiting, one: Waiting, last: number): boolean {
    const { tsEcr, sack } = line.captured.options;
    if (tsEcr === null || copy.tsVal === null || one.tsVal === null || copy.tsVal === one.tsVal) return false;
    const [left, right] = sack;
    const twice =
      left !== undefined && right !== undefined && seqLt(left, last) && seqLe(right, line.seg.ack);
    return !twice && seqDiff(tsEcr, copy.tsVal) >= 0; // twice: RFC 2883 says that it came before
  }

  /** SYNs and FINs that were sent again and again, and never a word came back. */
  private unanswered(): Set<Waiting> {
    const found = new Set<Waiting>();
    for (const flag of [SYN, FIN]) {
      const asking = this.waiting.filter(({ seg }) => has(seg, flag));
      if (asking.length > 1) for (const one of asking) found.add(one);
    }
    return found;
  }

  private hear({ seg, tsVal }: Waiting): void {
    if (tsVal !== null && (this.heardTs === null || seqGt(tsVal, this.heardTs))) this.heardTs = tsVal;
    if (this.heard.length >= HEARD) this.heard.shift();
    this.heard.push(seg);
  }

  private forgetOldest(): void {
    const forgotten = this.waiting.length >> 1;
    for (const oldest of this.waiting.slice(0, forgotten)) oldest.settle(this.state, this.state);
    this.waiting = this.waiting.slice(forgotten);
  }

  /** Lets go of what is kept only for segments that come within moments. */
  rest(): void {
    this.history = [];
    this.heard = [];
    this.edges = [];
    this.nextEdge = 0;
    this.copies.forget();
  }

  private remember(end: End, id: number, tsVal: number | null): void {
    this.history.push({ end, waiting: this.waiting });
    if (this.history.length > 2 * HISTORY) this.history = this.history.slice(-HISTORY);
    this.ids.remember(id);
    if (tsVal !== null && (this.newestTs === null || seqGt(tsVal, this.newestTs))) this.newestTs = tsVal;
  }
}

/** Whether a later segment brings again what an earlier one brought first. */
function repeats(later: Segment, earlier: Segment): boolean {
  if (has(earlier, SYN))
    return later.seq === earlier.seq && (later.flags & (SYN | ACK)) === (earlier.flags & (SYN | ACK));
  return seqLe(later.seq, earlier.seq) && seqGt(seqAdd(later.seq, segLen(later)), earlier.seq);
}

function synAck(seq: number, ack: number): Segment {
  return { seq, ack, flags: SYN | ACK, wnd: UNKNOWN_WND, dataOctets: 0 };
}

function afterUnseenSends(end: End, upTo: number, fin: boolean): End {
  const { snd, rcv } = end.tcb;
  const octets = seqDiff(upTo, snd.nxt) - (fin ? 1 : 0);
  return afterSending(withWindowUpTo(end, null), {
    seq: snd.nxt,
    ack: rcv.nxt ?? 0,
    flags: ACK | (fin ? FIN : 0),
    wnd: 0,
    dataOctets: octets,
  });
}
