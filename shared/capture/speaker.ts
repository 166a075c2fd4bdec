import { arrive } from '../tcp/arrive.ts';
import type { End } from '../tcp/end.ts';
import { ACK, FIN, has, RST, segLen, SYN, type Segment, segEnd } from '../tcp/segment.ts';
import { seqAdd, seqGt, seqLe } from '../tcp/seq.ts';
import type { State } from '../tcp/state.ts';
import type { Verdict } from '../tcp/verdict.ts';
import { Allowance } from './allowance.ts';
import { asMeant } from './as-meant.ts';
import { leastBlame } from './blame.ts';
import type { CapturedSegment } from './captured-segment.ts';
import { Copies } from './copies.ts';
import { covers, evidenceBeside, evidenceOf, type Hearer, lostBefore, refusedBy } from './evidence.ts';
import { closedUnseen, gone } from './gone.ts';
import { Identifications } from './identifications.ts';
import { afterSending, believing, capturedEnd, listeningEnd, synAck, withSentUpTo } from './inferred-end.ts';
import { duplicateOf, isFromBefore } from './late.ts';
import { type Line, still } from './line.ts';
import type { Outlook, Peer } from './outlook.ts';
import { overlooksFin } from './overlooked-fin.ts';
import { Past } from './past.ts';
import { isLongPast, Reach } from './reach.ts';
import { afterCaptured, type Reading, readSent } from './reading.ts';
import type { Evidence, Received, Waiting } from './receive.ts';
import type { Sender } from './sender.ts';
import { judgeSentAgain } from './sent-again.ts';
import { Timestamps } from './timestamps.ts';
import type { Side } from './told.ts';
import { afterUnseen } from './unseen-sends.ts';

const HEARD = 8;
/** So many segments may wait for an end that says nothing; beyond that the oldest count as lost. */
const MOST_WAITING = 4096;
/**
 * So many of the first that wait for an end are kept until it speaks for the first time: they are what it
 * will answer.
 */
const FIRST_WAITING = 8;
/** So many of those that wait are looked through for one beyond a gap. */
const MOST_HELD = 512;

/**
 * One end of a captured connection: follows the engine's {@link End} through what the end sent and what it
 * must have received before. What waits for it is settled only when it speaks, since only then does it show
 * what has arrived.
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
  roundTripNanos: number | null = null;
  hasSpoken = false;
  silentNanos: number | null = null;
  readonly copies = new Copies();
  readonly reach = new Reach();
  readonly allowance = new Allowance();
  readonly timestamps = new Timestamps();
  readonly ids = new Identifications();
  waiting: Waiting[] = [];
  /** The state to show while nothing is known. */
  quietState: State = 'LISTEN';

  private readonly past = new Past();
  /** What reached it last, newest last. */
  private heard: Segment[] = [];
  /** How many segments with octets reached it before it spoke last: a kernel may answer each. */
  private heardAtOnce = 0;
  private spokeAtNanos: number | null = null;
  private wrongInARow = 0;
  /** What it would be, had it heard so many of the waiting; goes with the end that it was imagined of. */
  private imagined: { readonly from: End | null; readonly end: End | null; readonly heard: number } | null =
    null;

  constructor(side: Side) {
    this.side = side;
  }

  get state(): State {
    return this.end?.state ?? this.quietState;
  }

  /**
   * How much is kept for it beside what a connection needs: segments that wait, and moments that it may come
   * back to.
   */
  get kept(): number {
    return this.waiting.length + this.past.size;
  }

  /** Whether it will be over, once everything that waits has arrived. */
  willBeOver(): boolean {
    let { end } = this;
    if (!end) return isOver(this.quietState);
    for (const { seg } of this.waiting) if (!isBeyondGap(end, seg)) end = arrive(end, seg);
    return isOver(end.state);
  }

  /**
   * Settles what reached this end before it sent the line's segment, judges that, and lets the end have sent
   * it. Returns what it should have been.
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
    // One that left earlier, or the second of two that are answered, says again what has been said.
    const saysAgain = this.heardAtOnce > 1 || this.mayBeLate(line);
    if (reading && (saysAgain || !overlooksFin(reading, this.waiting, line, seg, outlook))) beside = null;
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
    const right =
      reading ??
      this.closedUnseen(end, seg, first, outlook) ??
      this.sentAgain(first, seg) ??
      this.answersWrong(end, line, seg, outlook);
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
      // Once is a wrong segment; again and again, it is this end's numbers that are not what they were taken
      // for.
      if (++this.wrongInARow >= 3 && !has(seg, RST)) after = believing(after, seg, has(seg, ACK));
    } else {
      this.wrongInARow = 0;
      this.past.earn();
    }
    line.sender = before === after.state ? still(before) : { before, after: after.state };
    line.verdict = chosen.verdict;
    this.end = after;
    if (this.firstSeq !== null && isLongPast(this.firstSeq, after.tcb.snd.nxt)) this.firstSeq = null;
    return meant;
  }

  /**
   * The end without its application, if that is what the segment tells of. What came before the one it
   * refuses was still heard.
   */
  private goneBefore(end: End, line: Line, seg: Segment): End | null {
    const refused = refusedBy(this, line, seg, this.waiting);
    const stray = this.waiting[refused]?.seg;
    const closed = stray ? gone(end, stray) : null;
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
   * This one has arrived, and so has what waited before it: too much has come after them to wait for a word
   * of it. What lies beyond a gap has not.
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
    this.reach.gaps.remember(nxt, upTo);
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
    this.allowance.lose();
  }

  /** Lets a segment wait for this end, which does not mean that it will arrive. */
  wait(waiting: Waiting): void {
    const { seg } = waiting;
    if (this.end && has(seg, SYN) && has(seg, ACK) && this.synDataOctets > 0) {
      const most = seqAdd(this.end.tcb.iss, 1 + this.synDataOctets);
      if (seqLe(seg.ack, most)) this.end = withSentUpTo(this.end, seg.ack);
    }
    this.allowance.take(seg);
    this.waiting.push(waiting);
    if (this.waiting.length > MOST_WAITING) this.forgetOldest();
  }

  /** Lets go of what is kept only for segments that come within moments. */
  rest(): void {
    this.past.forget();
    this.heard = [];
    this.reach.forget();
    this.allowance.forget();
    this.copies.forget();
  }

  /** Whether a late copy of what the peer sent may carry this acknowledgment. */
  mayHaveBeenAcked(number: number): boolean {
    return this.allowance.includes(number) || (this.hasSent(number) && this.allowance.mayInclude(number));
  }

  /**
   * A SYN,ACK for the SYN of a peer that has gone (RFC 9293 figure 9): if it is one, what follows goes on
   * from there.
   */
  beginsAfter({ base }: Speaker, seg: Segment): boolean {
    if (!has(seg, SYN) || !has(seg, ACK) || base === null || seg.ack !== seqAdd(base, 1)) return false;
    this.base = seg.seq;
    this.reach.sentUpTo = seqAdd(seg.seq, 1);
    return true;
  }

  /** Whether something waits for it that this RST without ACK would answer. */
  isAsked({ seq }: Segment): boolean {
    return this.waiting.some(({ seg }) => has(seg, ACK) && !has(seg, RST) && seg.ack === seq);
  }

  /** Whether its stream has come to this number. */
  private hasSent(number: number): boolean {
    return this.reach.includes(number, this.firstBase ?? this.base);
  }

  private send(end: End, seg: Segment, outlook: Outlook): End {
    if (has(seg, SYN)) this.synDataOctets = Math.max(this.synDataOctets, seg.dataOctets);
    return afterCaptured(end, seg, this.allowance.rightEdge, outlook);
  }

  private closedUnseen(end: End, seg: Segment, first: Reading, outlook: Outlook): Reading | null {
    const { heard } = this;
    const past = isOver(first.end.state) && this.mayHaveBeenAcked(seg.seq);
    const { snd } = first.end.tcb;
    const refuses = first.end.state === 'SYN-SENT' && seg.seq === snd.nxt && outlook.unseenSyn(0) !== null;
    const strays = past || refuses || outlook.isUnheard ? [{ ...seg, ack: seg.seq, flags: ACK }] : heard;
    return closedUnseen(end, this.waiting, strays, seg, first);
  }

  /** What is right as an answer to a wrong segment that came just as it was sent. */
  private answersWrong(end: End, line: Line, seg: Segment, outlook: Outlook): Reading | null {
    if (!this.waiting.some(({ asSent }) => asSent)) return null;
    const waiting = this.waiting.map((one) => ({ ...one, seg: one.asSent ?? one.seg }));
    for (const evidence of evidenceOf(this, line, seg, waiting)) {
      const reading = readSent(this, end, waiting, seg, line.captured.id, evidence, outlook);
      if (reading.verdict.verdict !== 'wrong') return reading;
    }
    return null;
  }

  private sentAgain(first: Reading, seg: Segment): Reading | null {
    const last = segEnd(seg);
    if (!this.reach.mayHaveEndedAt(last) && !this.reach.gaps.includes(last)) return null;
    const verdict = judgeSentAgain(first.end, seg);
    return verdict && { ...first, verdict };
  }

  /**
   * A segment that left this end earlier than others that were captured before it: right if it was right
   * then. The identification, or else the timestamp, must not speak against it.
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
    const { reading, earliest } = this.past.read(this, line, seg, outlook);
    if (reading) {
      const { end, verdict } = reading;
      const after = this.send(end, seg, outlook).state;
      return { sender: { before: end.state, after }, verdict: { ...verdict, verdict: 'legal' } };
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
    const { ackedUpTo } = this.reach;
    if (has(seg, SYN | RST) || !has(seg, ACK) || ackedUpTo === null) return false;
    return this.hasSent(segEnd(seg)) && seqLe(seg.ack, ackedUpTo);
  }

  private isCertainlyLate({ captured: { id, options } }: Line): boolean {
    return this.ids.isLate(id) === true || this.timestamps.isLate(options);
  }

  private mayBeLate({ captured: { id, options }, seg }: Line): boolean {
    if (this.timestamps.echoesOlder(options)) return true;
    // Sent again before the ACK came, and without timestamps nothing tells when it came.
    if (options.tsEcr === null && seg.dataOctets > 0 && this.reach.hasEndedAt(segEnd(seg))) return true;
    return this.ids.isLate(id) ?? this.timestamps.mayBeLate(options);
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

  private repeatsAck(seg: Segment): boolean {
    const last = this.end?.lastSent;
    return (
      segLen(seg) === 0 && (seg.flags & (ACK | RST)) === ACK && last?.ack === seg.ack && last.seq === seg.seq
    );
  }

  /**
   * The same ACK again tells of a segment beyond a gap. It changes nothing, so that it can stay among those
   * that wait.
   */
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
    this.timestamps.hear(tsVal);
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
    this.past.remember(n, { end, waiting: this.waiting });
    this.ids.remember(id, seg.dataOctets > this.mss);
    this.timestamps.send(options);
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
