import { ACK, has, RST, SYN, type Segment } from '../tcp/segment.ts';
import { seqAdd, seqGt } from '../tcp/seq.ts';
import { answersUnseenSyn, isInStream } from './begins-anew.ts';
import type { Ends } from './ends.ts';
import { answersSynBefore, fromBefore } from './from-before.ts';
import { ChosenByData } from './chosen-by-data.ts';
import { duplicateOf } from './late.ts';
import { type Line, still } from './line.ts';
import { nextOfPeer } from './next-of.ts';
import { type Outlook, outlookOf } from './outlook.ts';
import { open } from './opening.ts';
import { Scales } from './scales.ts';
import { Speaker } from './speaker.ts';

/** So many connections before the last one may still have segments under way. */
const MOST_EARLIER = 3;

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
  private readonly chosen = new ChosenByData();
  private readonly scales = new Scales();

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
    this.forgetEarlier(MOST_EARLIER);
    const clientName = has(seg, ACK) ? to : from;
    const next = new Conversation(index, clientName, this);
    const client = this.speakerNamed(clientName);
    if (client.base === seg.seq && client.state === 'SYN-SENT') next.client.carriesOn(client);
    return next;
  }

  /**
   * The next segment of this connection, with those that follow it in the capture as far as they are known.
   */
  take(line: Line, upcoming: readonly Line[]): void {
    const ends = this.endsOf(line);
    const { speaker, listener } = ends;
    const { captured } = line;
    line.conn = this.index;
    line.from = speaker.side;
    if (captured.options.fastOpen || (has(line.seg, SYN) && line.seg.dataOctets > 0)) this.fastOpen = true;
    this.chosen.take(line);

    const seg = this.scales.scaled(ends, line);
    const original = speaker.copies.originalOf(line);
    let meant = seg;
    if (original?.verdict) {
      line.sender = original.sender;
      line.verdict = original.verdict;
    } else if (!this.takeOld(line, upcoming)) {
      if (open(ends, line, seg, upcoming)?.offersUnknown) {
        this.scales.lose();
        this.fastOpen = true;
      }
      const { fastOpen } = this;
      const outlook = outlookOf(line, upcoming, ends, { fastOpen, onlyData: this.chosen.seem(upcoming) });
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
      ...(meant !== seg && { asSent: seg }),
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
  private takeOld(line: Line, upcoming: readonly Line[]): boolean {
    const ends = this.endsOf(line);
    if (answersSynBefore(ends, line, upcoming)) this.earlier = this.unseenBefore(ends, line);
    for (let then = this.earlier; then; then = then.earlier) {
      const old = fromBefore(line.seg, ends, then.endsOf(line));
      if (!old) continue;
      line.sender = still(old.state);
      line.verdict = old.verdict;
      return true;
    }
    return false;
  }

  /** The connection whose SYN was not captured, and is answered by this SYN,ACK. */
  private unseenBefore({ listener }: Ends, { seg }: Line): Conversation {
    const unseen = new Conversation(this.index, this.clientName, this.earlier);
    unseen[listener.side].base = seqAdd(seg.ack, -1);
    unseen.forgetEarlier(MOST_EARLIER - 1);
    return unseen;
  }

  /** Remembers no more than so many connections before this one. */
  private forgetEarlier(most: number): void {
    if (most === 0) this.earlier = null;
    else this.earlier?.forgetEarlier(most - 1);
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
