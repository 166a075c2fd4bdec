import { arrive } from '../tcp/arrive.ts';
import { UNKNOWN_WND } from '../tcp/end.ts';
import { ACK, FIN, has, RST, SYN, type Segment } from '../tcp/segment.ts';
import { seqAdd, seqDiff, seqGt, seqLe } from '../tcp/seq.ts';
import { answersUnseenSyn, beginsAgain, isInStream } from './begins-anew.ts';
import { type Ends, fromBefore } from './from-before.ts';
import { afterSending, capturedEnd, establishedEnd, listeningEnd } from './inferred-end.ts';
import { duplicateOf } from './late.ts';
import { type Line, still } from './line.ts';
import { nextOfPeer } from './next-of.ts';
import { type Outlook, outlookOf } from './outlook.ts';
import { Speaker } from './speaker.ts';

/** A connection of a capture: both its ends, and what is on its way between them. */
export class Conversation {
  readonly index: number;
  /** Address and port of the client: who sent the SYN, or who is taken for the client. */
  readonly clientName: string;
  /** Nothing of it waits any more. */
  isFinished = false;
  private readonly client = new Speaker('client');
  private readonly server = new Speaker('server');
  private fastOpen = false;
  private scalesKnown = true;
  private mss = Infinity;

  /** The one before it between the same ports: what is late of that still comes by. */
  private earlier: Conversation | null;

  constructor(index: number, clientName: string, earlier: Conversation | null = null) {
    this.index = index;
    this.clientName = clientName;
    this.earlier = earlier;
  }

  /** A SYN that does not continue this connection but begins another one between the same ports. */
  isBegunAnewBy(line: Line, upcoming: readonly Line[]): boolean {
    const { seg } = line;
    if (!has(seg, SYN)) return false;
    const { speaker, listener } = this.endsOf(line);
    if (has(seg, ACK)) return answersUnseenSyn(speaker, listener, line, upcoming);
    const again = speaker.synSeen && speaker.base === seg.seq;
    const answer = nextOfPeer(line, upcoming)?.seg;
    const accepted =
      answer !== undefined && has(answer, SYN) && has(answer, ACK) && answer.ack === seqAdd(seg.seq, 1);
    if (again)
      return (
        accepted &&
        listener.base !== null &&
        answer.seq !== listener.base &&
        (listener.willBeOver() || !isInStream(listener, answer.seq))
      );
    const isAnew = accepted && listener.base !== answer.seq;
    if (!speaker.end && !speaker.synSeen)
      return isAnew && listener.hasSpoken && !isInStream(listener, answer.seq);
    if (isAnew) return true;
    speaker.hearAll();
    // What waits for the listener may still turn out not to have arrived.
    return !listener.end || listener.willBeOver();
  }

  /** The next connection between the same ports, which begins with this SYN. */
  followedBy(index: number, { captured: { from, to }, seg }: Line): Conversation {
    this.finish();
    this.rest();
    this.earlier = null;
    const clientName = has(seg, ACK) ? to : from;
    const next = new Conversation(index, clientName, this);
    const client = this.speakerNamed(clientName);
    if (client.base === seg.seq && client.state === 'SYN-SENT') next.client.carriesOn(client);
    return next;
  }

  /** The next segment of this connection, with those that follow it in the capture as far as they are known. */
  take(line: Line, upcoming: readonly Line[]): void {
    const { speaker, listener } = this.endsOf(line);
    const { captured } = line;
    line.conn = this.index;
    line.from = speaker.side;
    if (captured.options.fastOpen || (has(line.seg, SYN) && line.seg.dataOctets > 0)) this.fastOpen = true;

    const seg = this.scaled(speaker, line);
    const original = speaker.copies.originalOf(line);
    let meant = seg;
    if (original?.verdict) {
      line.sender = original.sender;
      line.verdict = original.verdict;
    } else if (!this.takeOld(line)) {
      this.open(speaker, listener, line, seg, upcoming);
      const outlook = outlookOf(line, upcoming, listener, this.fastOpen);
      meant = speaker.speak(line, seg, outlook);
      speaker.copies.remember(line);
      speaker.reach.take(meant, speaker.pieceOctets);
      speaker.hasSpoken = true;
      showUnseen(speaker, listener, meant, outlook);
    }
    line.senderBase = speaker.base;
    line.receiverBase = listener.base;
    listener.wait({
      seg: meant,
      tNanos: captured.tNanos,
      tsVal: captured.options.tsVal,
      before: null,
      overtaken: false,
      line,
    });
  }

  /** A segment that was damaged on the way, and thrown away without a word: it says nothing of either end. */
  passOver(line: Line): void {
    const { speaker, listener } = this.endsOf(line);
    line.conn = this.index;
    line.from = speaker.side;
    line.sender = still(speaker.state);
    line.verdict = duplicateOf(line.seg);
    line.senderBase = speaker.base;
    line.receiverBase = listener.base;
    line.arrived(listener.state, listener.state);
  }

  /** Whether it belongs to the connection that had the ports before. */
  private takeOld(line: Line): boolean {
    const { earlier } = this;
    if (!earlier) return false;
    const old = fromBefore(line.seg, this.endsOf(line), earlier.endsOf(line));
    if (!old) return false;
    line.sender = still(old.state);
    line.verdict = old.verdict;
    return true;
  }

  /** Nothing more will be captured of it. */
  finish(): void {
    this.client.hearAll();
    this.server.hearAll();
    this.isFinished = true;
  }

  /** It has been silent for a while: keeps only what a connection needs. */
  rest(): void {
    this.client.rest();
    this.server.rest();
  }

  /** Whether nothing would be left of it if all that is on its way arrives. */
  seemsOver(): boolean {
    return this.client.willBeOver() && this.server.willBeOver();
  }

  /** Shows a segment that is still on its way as if it had arrived, without settling it. */
  guess(line: Line): void {
    this.other(this.speakerOf(line)).guess(line);
  }

  /** Settles it: too much has come after it to wait for word of it any longer. */
  hearUpTo(line: Line): void {
    this.other(this.speakerOf(line)).hearUpTo(line);
  }

  /** How much is kept for it beside what a connection needs. */
  get kept(): number {
    return this.client.kept + this.server.kept;
  }

  private endsOf(line: Line): Ends {
    const speaker = this.speakerOf(line);
    return { speaker, listener: this.other(speaker) };
  }

  private speakerOf(line: Line): Speaker {
    return this.speakerNamed(line.captured.from);
  }

  private speakerNamed(name: string): Speaker {
    return name === this.clientName ? this.client : this.server;
  }

  private other(speaker: Speaker): Speaker {
    return speaker === this.client ? this.server : this.client;
  }

  /** The segment with the window that its field stands for (RFC 7323 §2.3): no limit as long as the scale is unknown. */
  private scaled(speaker: Speaker, { captured, seg }: Line): Segment {
    if (has(seg, SYN)) {
      speaker.shift = captured.options.windowShift;
      if (captured.options.areCut && speaker.shift === null) this.scalesKnown = false;
      // Options take at most 40 octets off the MSS; a segment is no shorter unless it is the last.
      this.mss = Math.min(this.mss, captured.options.mss ?? 536);
      this.client.mss = this.server.mss = this.mss;
      this.client.pieceOctets = this.server.pieceOctets = this.mss - 40;
      // Linux scales the window of a SYN,ACK that it is sent in a simultaneous open, against RFC 7323 §2.2.
      return has(seg, ACK) && speaker.end?.opened === 'active' ? { ...seg, wnd: UNKNOWN_WND } : seg;
    }
    if (seg.wnd === 0) return seg;
    const other = this.other(speaker);
    if (!this.scalesKnown || !speaker.synSeen || !other.synSeen) return { ...seg, wnd: UNKNOWN_WND };
    if (speaker.shift === null || other.shift === null || speaker.shift === 0) return seg;
    return { ...seg, wnd: Math.min(seg.wnd * 2 ** speaker.shift, UNKNOWN_WND) };
  }

  /** A late copy of the SYN, which was not captured, brought a listening end to another connection. */
  private answersCopy(speaker: Speaker, listener: Speaker, seg: Segment): boolean {
    if (!has(seg, SYN) || !has(seg, ACK) || has(seg, RST)) return false;
    const again = speaker.synSeen && speaker.base !== seg.seq && listener.base === seqAdd(seg.ack, -1);
    return again && speaker.willBeOver();
  }

  /** Finds out what kind of end speaks, when it does so for the first time, or anew. */
  private open(
    speaker: Speaker,
    listener: Speaker,
    line: Line,
    seg: Segment,
    upcoming: readonly Line[],
  ): void {
    if (this.answersCopy(speaker, listener, seg)) {
      speaker.hearAll();
      speaker.end = arrive(listeningEnd(seg.seq), synOf(seqAdd(seg.ack, -1)));
      speaker.base = seg.seq;
      return;
    }
    const isSyn = has(seg, SYN) && !has(seg, RST);
    if (isSyn && (!speaker.synSeen || (!has(seg, ACK) && beginsAgain(speaker, line, upcoming)))) {
      if (has(seg, ACK)) {
        if (!speaker.end) this.openAnswering(speaker, listener, seg);
      } else if (!speaker.end && isTakenForSynAck(listener, line, upcoming)) {
        speaker.end = listeningEnd(seg.seq);
        speaker.hearAll();
      } else {
        // Also a client that lost its memory of an earlier connection and begins again.
        speaker.end = capturedEnd(seg.seq);
        speaker.waiting = speaker.synSeen ? [] : speaker.waiting;
      }
      if (speaker.synSeen) speaker.firstBase ??= speaker.base;
      speaker.synSeen = true;
      speaker.base = seg.seq;
      return;
    }
    if (speaker.end) return;
    if (has(seg, RST)) {
      if (abortsUnseen(listener, seg)) {
        speaker.base = seqAdd(seg.seq, -1);
        speaker.end = listeningEnd(speaker.base);
        return;
      }
      speaker.end = capturedEnd(seg.seq);
      speaker.quietState = 'CLOSED';
      if (listener.end && !listener.synSeen) this.openMidway(speaker, listener, line, seg);
      if (!listener.end) this.openMidway(speaker, listener, line, seg);
      return;
    }
    if (listener.synSeen && listener.end && has(seg, ACK) && seg.ack !== listener.base) {
      if (isTakenForSynAck(listener, line, upcoming)) {
        speaker.synSeen = true;
        speaker.base = seg.seq;
        speaker.end = listeningEnd(seg.seq);
        return;
      }
      if (isBareAck(seg) && seg.ack !== seqAdd(listener.base ?? 0, 1)) {
        // It is open since before the capture began, and takes the SYN for a segment of that connection.
        this.openMidway(speaker, listener, line, seg);
        return;
      }
      // It answers a SYN that was captured, with a SYN,ACK that was not, or not yet.
      const later = upcoming.find((one) => one.captured.from === line.captured.from && has(one.seg, SYN));
      speaker.base = later?.seg.seq ?? seqAdd(seg.seq, -1);
      speaker.end = listeningEnd(speaker.base);
      speaker.allowance.lose();
      return;
    }
    this.openMidway(speaker, listener, line, seg);
  }

  /** A SYN,ACK: the server's, or one in a simultaneous open whose SYN was not captured. */
  private openAnswering(speaker: Speaker, listener: Speaker, seg: Segment): void {
    speaker.end = listeningEnd(seg.seq);
    if (listener.synSeen) return;
    // The capture began after the client's SYN, and what that offered is not known.
    this.scalesKnown = false;
    this.fastOpen = true;
    const iss = seqAdd(seg.ack, -1);
    speaker.end = arrive(speaker.end, synOf(iss));
    if (listener.end) return;
    listener.base = iss;
    listener.synSeen = true;
    listener.end = afterSending(capturedEnd(iss), synOf(iss));
  }

  /** The capture began, or the connection's SYNs were lost to it, before this segment. */
  private openMidway(speaker: Speaker, listener: Speaker, line: Line, seg: Segment): void {
    const heard = listener.firstSeq;
    const rcvNxt = !has(seg, ACK) ? 0 : heard !== null && seqLe(heard, seg.ack) ? heard : seg.ack;
    const acked = listener.end?.tcb.rcv.nxt ?? null;
    const sndUna = acked !== null && seqLe(acked, seg.seq) ? acked : seg.seq;
    speaker.end = establishedEnd({ sndUna, sndNxt: seg.seq, rcvNxt });
    if (sndUna !== seg.seq) speaker.reach.gaps.remember(sndUna, seg.seq);
    speaker.quietState = 'ESTABLISHED';
    speaker.firstSeq = seg.seq;
    speaker.first = line.captured;
    speaker.allowance.lose();
    speaker.base ??= seqAdd(seg.seq, -1);
    if (!listener.synSeen && has(seg, ACK)) listener.hadSent(seg.ack, { fin: false, isUnheard: false });
    if (!listener.end) {
      listener.quietState = 'ESTABLISHED';
      listener.allowance.lose();
      if (has(seg, ACK)) listener.base ??= seqAdd(seg.ack, -1);
    }
  }
}

/** What a segment acknowledges, the peer has sent, whether the capture has it or not. */
function showUnseen(speaker: Speaker, listener: Speaker, seg: Segment, outlook: Outlook): void {
  if (!has(seg, ACK) || has(seg, SYN | RST)) return;
  const irs = speaker.end?.tcb.irs ?? null;
  if (!listener.end && speaker.synSeen && irs !== null) listener.hadOpened(irs);
  const nxt = listener.end?.tcb.snd.nxt;
  if (nxt === undefined || !seqGt(seg.ack, nxt)) return;
  const missing = outlook.unseenArrival(nxt, seg.ack);
  if (missing && !missing.comes)
    listener.hadSent(seg.ack, { fin: missing.fin, isUnheard: outlook.isUnheard });
}

/** A SYN without ACK, or an ACK without SYN, to which the client answers as to the SYN,ACK that it should have been. */
function isTakenForSynAck(
  { base, state }: Speaker,
  { captured, seg }: Line,
  upcoming: readonly Line[],
): boolean {
  const [next] = upcoming;
  if (state !== 'SYN-SENT' || base === null || !next || next.captured.from === captured.from) return false;
  if (seg.dataOctets > 0 || has(seg, FIN | RST) || has(next.seg, SYN | RST)) return false;
  return next.seg.seq === seqAdd(base, 1) && next.seg.ack === seqAdd(seg.seq, 1);
}

/** It acknowledges the SYN and has a number of its own: of a connection whose SYN,ACK was not captured, or not yet. */
function abortsUnseen({ synSeen, base, synDataOctets }: Speaker, seg: Segment): boolean {
  if (!synSeen || base === null || !has(seg, ACK) || seg.seq === 0) return false;
  const acked = seqDiff(seg.ack, base) - 1;
  return acked >= 0 && acked <= synDataOctets;
}

function isBareAck({ flags, dataOctets }: Segment): boolean {
  return (flags & (SYN | FIN | RST | ACK)) === ACK && dataOctets === 0;
}

function synOf(iss: number): Segment {
  return { seq: iss, ack: 0, flags: SYN, wnd: UNKNOWN_WND, dataOctets: 0 };
}
