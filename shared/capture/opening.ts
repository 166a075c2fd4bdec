import { arrive } from '../tcp/arrive.ts';
import { UNKNOWN_WND } from '../tcp/end.ts';
import { ACK, FIN, has, RST, SYN, type Segment } from '../tcp/segment.ts';
import { seqAdd, seqGe, seqLe } from '../tcp/seq.ts';
import { acknowledgesSyn } from './acknowledges-syn.ts';
import { beginsAgain } from './begins-anew.ts';
import type { Ends } from './ends.ts';
import { afterSending, capturedEnd, establishedEnd, listeningEnd } from './inferred-end.ts';
import type { Line } from './line.ts';
import { nextOfPeer, nextOfSender } from './next-of.ts';
import type { Speaker } from './speaker.ts';

/** A late copy of the SYN, which was not captured, brought a listening end to another connection. */
function answersCopy({ speaker, listener }: Ends, seg: Segment): boolean {
  if (!has(seg, SYN) || !has(seg, ACK) || has(seg, RST)) return false;
  const again = speaker.synSeen && speaker.base !== seg.seq && listener.base === seqAdd(seg.ack, -1);
  return again && speaker.willBeOver();
}

/** What has come out beside what kind of end it is. */
export interface Opening {
  /** The capture began after the client's SYN, and what that offered is not known. */
  readonly offersUnknown: true;
}

/** Finds out what kind of end speaks, when it does so for the first time, or anew. */
export function open(ends: Ends, line: Line, seg: Segment, upcoming: readonly Line[]): Opening | null {
  const { speaker, listener } = ends;
  if (answersCopy(ends, seg)) {
    speaker.hearAll();
    speaker.end = arrive(listeningEnd(seg.seq), synOf(seqAdd(seg.ack, -1)));
    speaker.base = seg.seq;
    return null;
  }
  const isSyn = has(seg, SYN) && !has(seg, RST);
  if (isSyn && (!speaker.synSeen || (!has(seg, ACK) && beginsAgain(speaker, line, upcoming)))) {
    let opening: Opening | null = null;
    if (has(seg, ACK)) {
      if (!speaker.end || hasRefused(speaker)) opening = openAnswering(ends, seg);
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
    return opening;
  }
  if (speaker.end) return null;
  if (has(seg, RST)) {
    if (abortsUnseen(listener, seg)) {
      speaker.base = seqAdd(seg.seq, -1);
      speaker.end = listeningEnd(speaker.base);
      return null;
    }
    speaker.end = capturedEnd(seg.seq);
    speaker.quietState = 'CLOSED';
    if (listener.end && !listener.synSeen) openMidway(ends, line, seg, upcoming);
    if (!listener.end) openMidway(ends, line, seg, upcoming);
    return null;
  }
  if (listener.synSeen && listener.end && has(seg, ACK) && seg.ack !== listener.base) {
    if (isTakenForSynAck(listener, line, upcoming)) {
      speaker.synSeen = true;
      speaker.base = seg.seq;
      speaker.end = listeningEnd(seg.seq);
      return null;
    }
    if (isBareAck(seg) && !acknowledgesSyn(listener, seg)) {
      // It is open since before the capture began, and takes the SYN for a segment of that connection.
      openMidway(ends, line, seg, upcoming);
      return null;
    }
    // It answers a SYN that was captured, with a SYN,ACK that was not, or not yet.
    const later = upcoming.find((one) => one.captured.from === line.captured.from && has(one.seg, SYN));
    speaker.base = later?.seg.seq ?? seqAdd(seg.seq, -1);
    speaker.end = listeningEnd(speaker.base);
    speaker.allowance.lose();
    return null;
  }
  openMidway(ends, line, seg, upcoming);
  return null;
}

/** A SYN,ACK: the server's, or one in a simultaneous open whose SYN was not captured. */
function openAnswering({ speaker, listener }: Ends, seg: Segment): Opening | null {
  speaker.end = listeningEnd(seg.seq);
  if (listener.synSeen) return null;
  const iss = seqAdd(seg.ack, -1);
  speaker.end = arrive(speaker.end, synOf(iss));
  if (listener.end) return { offersUnknown: true };
  listener.base = iss;
  listener.synSeen = true;
  listener.end = afterSending(capturedEnd(iss), synOf(iss));
  return { offersUnknown: true };
}

/** The capture began, or the connection's SYNs were lost to it, before this segment. */
function openMidway({ speaker, listener }: Ends, line: Line, seg: Segment, upcoming: readonly Line[]): void {
  const heard = listener.firstSeq;
  const rcvNxt = !has(seg, ACK) ? 0 : heard !== null && seqLe(heard, seg.ack) ? heard : seg.ack;
  const acked = listener.end?.tcb.rcv.nxt ?? null;
  const sndNxt = isKeepAlive(line, seg, upcoming) ? seqAdd(seg.seq, 1) : seg.seq;
  const sndUna = acked !== null && seqLe(acked, sndNxt) ? acked : sndNxt;
  speaker.end = establishedEnd({ sndUna, sndNxt, rcvNxt });
  if (sndUna !== sndNxt) speaker.reach.gaps.remember(sndUna, sndNxt);
  speaker.quietState = 'ESTABLISHED';
  speaker.firstSeq = sndNxt;
  speaker.first = line.captured;
  speaker.allowance.lose();
  speaker.base ??= seqAdd(sndNxt, -1);
  if (!listener.synSeen && has(seg, ACK)) listener.hadSent(seg.ack, { fin: false, isUnheard: false });
  if (!listener.end) {
    listener.quietState = 'ESTABLISHED';
    listener.allowance.lose();
    if (has(seg, ACK)) listener.base ??= seqAdd(seg.ack, -1);
  }
}

/**
 * It has the number before the next (§3.8.4), which is what this end sends next, and the peer says nothing
 * else.
 */
function isKeepAlive(line: Line, seg: Segment, upcoming: readonly Line[]): boolean {
  const next = seqAdd(seg.seq, 1);
  if (!isBareAck(seg) || nextOfSender(line, upcoming)?.seg.seq !== next) return false;
  const heard = nextOfPeer(line, upcoming)?.seg;
  return !heard || (has(heard, ACK) && seqGe(heard.ack, next));
}

/**
 * A SYN without ACK, or an ACK without SYN, to which the client answers as to the SYN,ACK that it should have
 * been.
 */
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

/**
 * It has answered one SYN with a RST, and opens at the next: its application has come to listen meanwhile.
 */
function hasRefused({ synSeen, base, state }: Speaker): boolean {
  return !synSeen && base === null && state === 'CLOSED';
}

/**
 * It acknowledges the SYN and has a number of its own: of a connection whose SYN,ACK was not captured, or not
 * yet.
 */
function abortsUnseen(listener: Speaker, seg: Segment): boolean {
  return listener.synSeen && seg.seq !== 0 && acknowledgesSyn(listener, seg);
}

function isBareAck({ flags, dataOctets }: Segment): boolean {
  return (flags & (SYN | FIN | RST | ACK)) === ACK && dataOctets === 0;
}

function synOf(iss: number): Segment {
  return { seq: iss, ack: 0, flags: SYN, wnd: UNKNOWN_WND, dataOctets: 0 };
}
