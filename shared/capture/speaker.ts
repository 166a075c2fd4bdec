import { arrive } from '../tcp/arrive.ts';
import { type End, UNKNOWN_WND } from '../tcp/end.ts';
import { ACK, FIN, has, RST, segLen, SYN, type Segment } from '../tcp/segment.ts';
import { seqAdd, seqGt, seqLe, seqLt } from '../tcp/seq.ts';
import type { State } from '../tcp/state.ts';
import type { Verdict } from '../tcp/verdict.ts';
import { asMeant } from './as-meant.ts';
import { leastBlame } from './blame.ts';
import type { CapturedSegment } from './captured-segment.ts';
import { Copies } from './copies.ts';
import { Edges } from './edges.ts';
import { covers, evidenceBeside, evidenceOf, type Hearer, lostBefore, refusedBy } from './evidence.ts';
import { Gaps } from './gaps.ts';
import { closedUnseen, gone } from './gone.ts';
import { History } from './history.ts';
import { Identifications } from './identifications.ts';
import { afterSending, believing, capturedEnd, listeningEnd, synAck, withSentUpTo } from './inferred-end.ts';
import { duplicateOf, isFromBefore } from './late.ts';
import { type Line, still } from './line.ts';
import type { Outlook, Peer } from './outlook.ts';
import { afterCaptured, type Reading, readSent } from './reading.ts';
import type { Evidence, Received, Waiting } from './receive.ts';
import type { Sender } from './sender.ts';
import { judgeSentAgain } from './sent-again.ts';
import type { Side } from './told.ts';
import { afterUnseen } from './unseen-sends.ts';

const HEARD = 8;
/** So many segments may wait for an end that says nothing; beyond that the oldest count as lost. */
const MOST_WAITING = 4096;
/** So many of the first that wait for an end are kept until it speaks for the first time: they are what it will answer. */
const FIRST_WAITING = 8;
/** So many of those that wait are looked through for one beyond a gap. */
const MOST_HELD = 512;
/** So many readings may an end's late segments take beyond those that its right ones have earned. */
const RESCUE_BUDGET = 4096;

/**
 * One end of a captured connection: follows the engine's {@link End} through what the end sent and what it must have
 * received before. What waits for it is settled only when it speaks, since only then does it show what has arrived.
 */
export class Speaker implements Hearer, Peer, Sender {
  readonly side: Side;
  /** Null until it is known what kind of end this is. */
  end: End | null = null;
  /** Its initial sequence number, or one before the first number that was captured; null while unknown. */
  base: number | null = null;
  /** The initial number that it had before it began again; null: it has not. */
  firstBase: number | null = null;
  /** Window Scale of its SYN: null while unknown, or not offered. */
  shift: number | null = null;
  synSeen = false;
  /** Less than either MSS by the longest options. */
  pieceOctets = 0;
  /** The lesser of both MSS. */
  mss = 1460;
  /** Octets of data on its SYN; they count as sent once the peer acknowledges them. */
  synDataOctets = 0;
  firstSeq: number | null = null;
  /** The first that was captured of it, if it was open already when the capture began. */
  first: CapturedSegment | null = null;
  /** The highest number that its stream has come to, and the highest that it has acknowledged. */
  sentUpTo: number | null = null;
  ackedUpTo: number | null = null;
  /** Whether every window that the peer announced could be read; not while its scale is unknown. */
  rightEdgeKnown = true;
  roundTripNanos: number | null = null;
  heardTs: number | null = null;
  newestTs: number | null = null;
  hasSpoken = false;
  silentNanos: number | null = null;
  readonly copies = new Copies();
  /** What its peer acknowledges of them may end anywhere. */
  readonly gaps = new Gaps();
  readonly ids = new Identifications();
  waiting: Waiting[] = [];
  /** The state to show while nothing is known. */
  quietState: State = 'LISTEN';

  private readonly history = new History();
  private readonly edges = new Edges();
  private highestEdge: number | null = null;
  /** Whether the last it sent had no timestamp, as a RST has none. */
  private isUntimed = false;
  /** What reached it last, newest last. */
  private heard: Segment[] = [];
  /** How many segments with octets reached it before it spoke last: a kernel may answer each. */
  private heardAtOnce = 0;
  /** What the peer acknowledged: a RST that answers a late copy of it begins there. */
  private readonly acknowledged = new Edges();
  private spokeAtNanos: number | null = null;
  private wrongInARow = 0;
  private sentLonger = false;
  private rescueBudget = RESCUE_BUDGET;
  /** What it would be, had it heard so many of the waiting; goes with the end that it was imagined of. */
  private imagined: { readonly from: End | null; readonly end: End | null; readonly heard: number } | null =
    null;

  constructor(side: Side) {
    this.side = side;
  }

  get state(): State {
    return this.end?.state ?? this.quietState;
  }

  get rightEdge(): number | null {
    return this.rightEdgeKnown ? this.highestEdge : null;
  }

  /** How much is kept for it beside what a connection needs: segments that wait, and moments that it may come back to. */
  get kept(): number {
    return this.waiting.length + this.history.size;
  }

  /** Whether it will be over, once everything that waits has arrived. */
  willBeOver(): boolean {
    let { end } = this;
    if (!end) return isOver(this.quietState);
    for (const { seg } of this.waiting) if (!isBeyondGap(end, seg)) end = arrive(end, seg);
    return isOver(end.state);
  }

  /**
   * Settles what reached this end before it sent the line's segment, judges that, and lets the end have sent it. Returns what it
   * should have been.
   */
  speak(line: Line, seg: Segment, outlook: Outlook): Segment {
    const known = this.end ?? capturedEnd(seg.seq);
    const end = this.goneBefore(known, line, seg) ?? known;
    const { captured } = line;
    this.silentNanos = this.spokeAtNanos === null ? null : captured.tNanos - this.spokeAtNanos;
    this.spokeAtNanos = captured.tNanos;
    let reading: Reading | null = null;
    let first: Reading | null = null;
    let beside: Evidence | null = null;
    for (const evidence of evidenceOf(this, line, seg, this.waiting)) {
      const read = readSent(this, end, this.waiting, seg, captured.id, evidence, outlook);
      first ??= read;
      beside ??= evidenceBeside(evidence, this.waiting, this, captured.tNanos);
      if (read.verdict.verdict !== 'wrong') {
        reading = read;
        break;
      }
      // A RST from an end that should be gone: it answers something that came too late.
      if (read === first && read.end.state === 'CLOSED') reading = this.closedUnseen(end, seg, read, outlook);
      if (reading) break;
    }
    if (!first || !beside) throw new Error('no reading of the evidence was tried');
    if (reading && !this.ignoresFin(reading, line, seg, outlook)) beside = null;
    const otherwise = beside && readSent(this, end, this.waiting, seg, captured.id, beside, outlook);
    if (reading && otherwise?.verdict.verdict === 'wrong')
      return this.conclude(otherwise, known, line, seg, outlook);
    const late = reading ? null : this.lateOf(line, seg, outlook);
    if (late) {
      this.ids.remember(captured.id, seg.dataOctets > this.mss);
      line.sender = late.sender;
      line.verdict = late.verdict;
      this.end = known;
      return seg;
    }
    const right = reading ?? this.closedUnseen(end, seg, first, outlook) ?? this.sentAgain(first, seg);
    const wrong = right ? null : leastBlame(seg, otherwise ? [first, otherwise] : [first]);
    return this.conclude(right ?? wrong ?? first, known, line, seg, outlook);
  }

  private conclude(chosen: Reading, known: End, line: Line, seg: Segment, outlook: Outlook): Segment {
    this.remember(known, line);
    this.settle(chosen.received, line, seg);
    const before = chosen.received.end.state;
    const meant = asMeant(seg, chosen.verdict, chosen.end);
    let after = this.send(chosen.end, meant, outlook);
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
    return meant;
  }

  /** The end without its application, if that is what the segment tells of. What came before the one it refuses was still heard. */
  private goneBefore(end: End, line: Line, seg: Segment): End | null {
    const refused = refusedBy(this, line, seg, this.waiting);
    const closed = refused < 0 ? null : gone(end);
    if (!closed) return null;
    const heard = this.waiting.slice(0, refused);
    this.waiting = this.waiting.slice(refused);
    for (const waiting of heard) {
      if (has(waiting.seg, FIN)) waiting.line.arrived(this.state, this.state);
      else this.hearNow(waiting);
    }
    return closed;
  }

  /** Everything that waits has arrived: nothing will say otherwise any more. */
  hearAll(): void {
    const unanswered = this.unanswered();
    for (const waiting of this.waiting) {
      if (unanswered.has(waiting)) waiting.line.arrived(this.state, this.state);
      else this.hearNow(waiting);
    }
    this.waiting = [];
  }

  /**
   * This one has arrived, and so has what waited before it: too much has come after them to wait for a word of it. What lies beyond
   * a gap has not.
   */
  hearUpTo(line: Line): void {
    const at = this.waiting.findIndex((waiting) => waiting.line === line);
    if (at < 0) return;
    this.imagined = null;
    if (this.end) {
      for (const waiting of this.waiting.slice(0, at + 1)) {
        if (isBeyondGap(this.end, waiting.seg)) waiting.line.arrived(this.state, this.state);
        else this.hearNow(waiting);
      }
      this.waiting = this.waiting.slice(at + 1);
    } else if (at >= FIRST_WAITING) {
      this.waiting = [...this.waiting.slice(0, FIRST_WAITING), ...this.waiting.slice(at + 1)];
    }
  }

  /** Shows what is still on its way to this end as if it had arrived, without settling it. */
  guess(line: Line): void {
    if (this.imagined?.from !== this.end) this.imagined = null;
    let { end, heard } = this.imagined ?? { end: this.end, heard: 0 };
    let before = end?.state ?? this.quietState;
    for (let waiting = this.waiting[heard]; waiting; waiting = this.waiting[heard]) {
      before = end?.state ?? this.quietState;
      if (end && !isBeyondGap(end, waiting.seg)) end = arrive(end, waiting.seg);
      heard++;
      if (waiting.line === line) break;
    }
    this.imagined = { from: this.end, end, heard };
    line.arrived(before, end?.state ?? this.quietState);
  }

  /** Takes note of how far a segment goes that this end has sent. */
  reach(seg: Segment): void {
    if (has(seg, RST)) return;
    const last = seqAdd(seg.seq, segLen(seg));
    if (this.sentUpTo !== null && seqGt(seg.seq, this.sentUpTo) && !has(seg, SYN))
      this.gaps.remember(this.sentUpTo, seg.seq);
    if (this.sentUpTo === null || seqGt(last, this.sentUpTo)) this.sentUpTo = last;
    if (has(seg, ACK) && (this.ackedUpTo === null || seqGt(seg.ack, this.ackedUpTo)))
      this.ackedUpTo = seg.ack;
    if (last === seg.seq) return;
    this.gaps.fill(seg.seq, last);
    if (seg.dataOctets > this.pieceOctets) this.sentLonger = true;
    this.edges.remember(last);
  }

  /** It sent its SYN to a peer that took it for a segment of an earlier connection. */
  carriesOn({ end, base }: Speaker): void {
    this.end = end;
    this.base = base;
    this.synSeen = true;
  }

  /** The peer shows what this end has sent without the capture having it. */
  hadSent(upTo: number, { fin, isUnheard }: { readonly fin: boolean; readonly isUnheard: boolean }): void {
    if (isUnheard) this.hearAll();
    const nxt = this.end?.tcb.snd.nxt;
    if (!this.end || nxt === undefined || !seqGt(upTo, nxt)) return;
    this.end = fin ? afterUnseen(this.end, { upTo, fin }) : withSentUpTo(this.end, upTo);
    this.gaps.remember(nxt, upTo);
  }

  /** The peer's first ACK shows that this end has answered its SYN: what had arrived before it did. */
  hadOpened(iss: number): void {
    const at = this.waiting.findIndex(({ seg }) => has(seg, SYN));
    const syn = this.waiting[at];
    if (this.end || !syn) return;
    this.end = listeningEnd(iss);
    this.base = iss;
    this.hearNow(syn);
    this.waiting = this.waiting.toSpliced(at, 1);
    this.end = afterSending(this.end, synAck(iss, seqAdd(syn.seg.seq, 1)));
    this.rightEdgeKnown = false;
  }

  /** Whether a segment of this end may have ended at this number on the wire. */
  mayReachExactly(number: number): boolean {
    return this.sentLonger || this.edges.includes(number);
  }

  /** Lets a segment wait for this end, which does not mean that it will arrive. */
  wait(waiting: Waiting): void {
    const { seg } = waiting;
    if (this.end && has(seg, SYN) && has(seg, ACK) && this.synDataOctets > 0) {
      const most = seqAdd(this.end.tcb.iss, 1 + this.synDataOctets);
      if (seqLe(seg.ack, most)) this.end = withSentUpTo(this.end, seg.ack);
    }
    if (has(seg, ACK)) {
      this.acknowledged.remember(seg.ack);
      const edge = seqAdd(seg.ack, seg.wnd);
      if (seg.wnd >= UNKNOWN_WND) this.rightEdgeKnown = false;
      else if (this.highestEdge === null || seqGt(edge, this.highestEdge)) this.highestEdge = edge;
    }
    this.waiting.push(waiting);
    if (this.waiting.length > MOST_WAITING) this.forgetOldest();
  }

  /** Lets go of what is kept only for segments that come within moments. */
  rest(): void {
    this.history.forget();
    this.heard = [];
    this.edges.forget();
    this.acknowledged.forget();
    this.copies.forget();
  }

  /** Whether a late copy of what the peer sent may carry this acknowledgment. */
  mayHaveBeenAcked(number: number): boolean {
    return (
      this.acknowledged.includes(number) || (this.hasSent(number) && this.acknowledged.mayInclude(number))
    );
  }

  /** A SYN,ACK for the SYN of a peer that has gone (RFC 9293 figure 9): if it is one, what follows goes on from there. */
  beginsAfter({ base }: Speaker, seg: Segment): boolean {
    if (!has(seg, SYN) || !has(seg, ACK) || base === null || seg.ack !== seqAdd(base, 1)) return false;
    this.base = seg.seq;
    this.sentUpTo = seqAdd(seg.seq, 1);
    return true;
  }

  /** Whether something waits for it that this RST without ACK would answer. */
  isAsked({ seq }: Segment): boolean {
    return this.waiting.some(({ seg }) => has(seg, ACK) && !has(seg, RST) && seg.ack === seq);
  }

  /** Whether its stream has come to this number. */
  private hasSent(number: number): boolean {
    const { sentUpTo } = this;
    const base = this.firstBase ?? this.base;
    return base !== null && sentUpTo !== null && seqGt(number, base) && seqLe(number, sentUpTo);
  }

  private send(end: End, seg: Segment, outlook: Outlook): End {
    if (has(seg, SYN)) this.synDataOctets = Math.max(this.synDataOctets, seg.dataOctets);
    return afterCaptured(end, seg, this.rightEdge, outlook);
  }

  private closedUnseen(end: End, seg: Segment, first: Reading, outlook: Outlook): Reading | null {
    const { heard } = this;
    const past = isOver(first.end.state) && this.mayHaveBeenAcked(seg.seq);
    const { snd } = first.end.tcb;
    const refuses = first.end.state === 'SYN-SENT' && seg.seq === snd.nxt && outlook.unseenSyn(0) !== null;
    const strays = past || refuses || outlook.isUnheard ? [{ ...seg, ack: seg.seq, flags: ACK }] : heard;
    return closedUnseen(end, this.waiting, strays, seg, first);
  }

  private sentAgain(first: Reading, seg: Segment): Reading | null {
    if (!this.mayReachExactly(seqAdd(seg.seq, segLen(seg)))) return null;
    const verdict = judgeSentAgain(first.end, seg);
    return verdict && { ...first, verdict };
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
    if (!this.mayBeLate(line) || (has(seg, SYN) && seg.seq !== this.base)) return null;
    let earliest = this.state;
    for (const then of this.history.backwards()) {
      earliest = then.end.state;
      for (const evidence of evidenceOf(this, line, seg, then.waiting)) {
        if (--this.rescueBudget < 0) break;
        const { id } = line.captured;
        const { end, verdict } = readSent(this, then.end, then.waiting, seg, id, evidence, outlook);
        if (verdict.verdict !== 'wrong') {
          const after = this.send(end, seg, outlook).state;
          return { sender: { before: end.state, after }, verdict: { ...verdict, verdict: 'legal' } };
        }
        if (evidence.take === 0) break;
      }
      if (this.rescueBudget < 0) break;
    }
    if (this.first && isFromBefore(this.first, line.captured))
      return { sender: still(earliest), verdict: duplicateOf(seg) };
    const isLate =
      this.isCertainlyLate(line) || (isUntold(line) && segLen(seg) === 0 && outlook.peerReached(seg.ack));
    if (!isLate || !this.isOfThePast(seg)) return null;
    return { sender: still(earliest), verdict: duplicateOf(seg) };
  }

  /** Whether it had numbers such as these before it came to what it is now. */
  isOfThePast(seg: Segment): boolean {
    const { ackedUpTo } = this;
    if (has(seg, SYN | RST) || !has(seg, ACK) || ackedUpTo === null) return false;
    return this.hasSent(seqAdd(seg.seq, segLen(seg))) && seqLe(seg.ack, ackedUpTo);
  }

  private isCertainlyLate({ captured: { id, options } }: Line): boolean {
    if (this.ids.isLate(id)) return true;
    return options.tsVal !== null && this.newestTs !== null && seqLt(options.tsVal, this.newestTs);
  }

  private mayBeLate({ captured: { id, options }, seg }: Line): boolean {
    if (options.tsEcr !== null && this.heardTs !== null && seqLt(options.tsEcr, this.heardTs)) return true;
    // Sent again before the ACK came, and without timestamps nothing tells when it came.
    if (options.tsEcr === null && seg.dataOctets > 0 && this.edges.includes(seqAdd(seg.seq, segLen(seg))))
      return true;
    const isLate = this.ids.isLate(id);
    if (isLate !== null) return isLate;
    if (options.tsVal === null || this.newestTs === null || this.isUntimed) return true;
    return seqLe(options.tsVal, this.newestTs);
  }

  private settle(chosen: Received, line: Line, seg: Segment): void {
    const { arrived, lost } = chosen;
    this.heardAtOnce = arrived.filter(({ waiting }) => segLen(waiting.seg) > 0).length;
    const now = line.captured.tNanos;
    const bound = has(seg, ACK) ? seg.ack : null;
    for (const { waiting, before, after } of arrived) {
      if (covers(this.end, bound, waiting)) {
        const trip = Math.max(0, now - waiting.tNanos);
        this.roundTripNanos = this.roundTripNanos === null ? trip : Math.min(this.roundTripNanos, trip);
      }
      waiting.line.arrived(before, after);
      this.hear(waiting);
    }
    for (const { waiting, state } of lost) waiting.line.arrived(state, state);
    const before = lostBefore(this.roundTripNanos, now);
    const left: Waiting[] = [];
    if (this.repeatsAck(seg)) this.holdOne(chosen);
    for (const waiting of chosen.left) {
      if (waiting.tNanos >= before || waiting.overtaken) left.push(waiting);
      else if (segLen(waiting.seg) === 0 || has(waiting.seg, RST))
        waiting.line.arrived(this.state, this.state);
      else left.push({ ...waiting, overtaken: true });
    }
    this.waiting = left;
  }

  /**
   * A bare ACK that nothing called for, and that leaves out the FIN which came just before it: no kernel says the same twice without
   * a cause. Only if the FIN is sent again it may not have arrived, or if a RST follows, which may have come before it and been challenged.
   */
  private ignoresFin({ end, verdict }: Reading, line: Line, seg: Segment, outlook: Outlook): boolean {
    const last = end.lastSent;
    if (verdict.why !== 'duplicate-ack' || last?.ack !== seg.ack || last.wnd !== seg.wnd) return false;
    if (line.captured.options.sack.length > 0 || end.causes.length > 0) return false;
    if (this.mayBeLate(line) || this.heardAtOnce > 1 || outlook.finWasLate(seg.ack)) return false;
    const fin = this.waiting.findIndex((one) => segLen(one.seg) > 0);
    const one = this.waiting[fin]?.seg;
    if (!one || !has(one, FIN) || one.seq !== end.tcb.rcv.nxt) return false;
    return !this.waiting.slice(fin + 1).some((other) => segLen(other.seg) > 0 || has(other.seg, RST));
  }

  private repeatsAck(seg: Segment): boolean {
    const last = this.end?.lastSent;
    return (
      segLen(seg) === 0 && (seg.flags & (ACK | RST)) === ACK && last?.ack === seg.ack && last.seq === seg.seq
    );
  }

  /** The same ACK again tells of a segment beyond a gap. It changes nothing, so that it can stay among those that wait. */
  private holdOne({ end, left }: Received): void {
    const held = left
      .slice(0, MOST_HELD)
      .find(({ seg, line }) => !line.isSettled && isBeyondGap(end, seg) && !has(seg, SYN | FIN | RST));
    held?.line.arrived(end.state, end.state);
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

  private hearNow(waiting: Waiting): void {
    const before = waiting.before ?? this.state;
    if (this.end) this.end = arrive(this.end, waiting.seg);
    waiting.line.arrived(before, this.state);
  }

  private hear({ seg, tsVal }: Waiting): void {
    if (tsVal !== null && (this.heardTs === null || seqGt(tsVal, this.heardTs))) this.heardTs = tsVal;
    if (this.heard.length >= HEARD) this.heard.shift();
    this.heard.push(seg);
  }

  private forgetOldest(): void {
    this.imagined = null;
    const forgotten = this.waiting.length >> 1;
    for (const oldest of this.waiting.slice(0, forgotten)) oldest.line.arrived(this.state, this.state);
    this.waiting = this.waiting.slice(forgotten);
  }

  private remember(end: End, { captured: { n, id, options }, seg }: Line): void {
    this.history.remember(n, { end, waiting: this.waiting });
    this.ids.remember(id, seg.dataOctets > this.mss);
    const { tsVal } = options;
    this.isUntimed = tsVal === null;
    if (tsVal !== null && (this.newestTs === null || seqGt(tsVal, this.newestTs))) this.newestTs = tsVal;
  }
}

/** Nothing but its numbers tells when it was sent. */
function isUntold({ captured: { id, options } }: Line): boolean {
  return id <= 0 && options.tsVal === null;
}

function isBeyondGap({ tcb }: End, seg: Segment): boolean {
  return tcb.rcv.nxt !== null && seqGt(seg.seq, tcb.rcv.nxt);
}

function isOver(state: State): boolean {
  return state === 'CLOSED' || state === 'TIME-WAIT' || state === 'LISTEN';
}
