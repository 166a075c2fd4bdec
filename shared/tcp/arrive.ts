import { isFull } from './backlog.ts';
import type { Need, Outcome, Why } from './cause.ts';
import {
  closeCauses,
  draftOf,
  forget,
  openArrival,
  owes,
  resetNumbers,
  settle,
  start,
  toClosed,
} from './draft.ts';
import type { Draft } from './draft.ts';
import { UNKNOWN_WND } from './end.ts';
import type { End, HeldRange } from './end.ts';
import { withHeld } from './held.ts';
import { inWindow } from './in-window.ts';
import { ACK, FIN, RST, SYN, segLen } from './segment.ts';
import type { Segment } from './segment.ts';
import { seqAdd, seqDiff, seqGt, seqLe, seqLt } from './seq.ts';
import { dropAcked } from './unacked.ts';

/** What is found out about an arrival while it passes the checks. */
interface Passage {
  readonly seg: Segment;
  outcome: Outcome;
  delivered: number;
  fin: boolean;
  /**
   * The answer that is owed, if any. A later check may put a better reason in the place of an earlier one.
   */
  owed: { need: Need; why: Why; optional: boolean } | null;
}

/**
 * SEGMENT ARRIVES (RFC 9293 §3.10.7). It changes the state and opens or closes causes; it sends nothing.
 * What became of the segment is in `newest`.
 */
export function arrive(end: End, seg: Segment): End {
  const d = draftOf(end);
  const id = d.nextId++;
  const p: Passage = { seg, outcome: 'accepted', delivered: 0, fin: false, owed: null };
  if (d.abortCalled) whileAborting(d, p);
  else if (d.state === 'CLOSED') inClosed(p);
  else if (d.state === 'LISTEN') inListen(d, p);
  else if (d.state === 'SYN-SENT') inSynSent(d, p);
  else inOtherStates(d, p);
  d.newest = { id, seg, outcome: p.outcome, delivered: p.delivered, fin: p.fin };
  if (p.owed) openArrival(d, id, seg, p.owed);
  return settle(d);
}

function owe(p: Passage, need: Need, why: Why, optional = false): void {
  p.owed = { need, why, optional };
}

function drop(p: Passage, outcome: Outcome): false {
  p.outcome = outcome;
  return false;
}

/** A RST is the answer to what belongs to no connection; never to a RST (§3.5.2). */
function stray(p: Passage): false {
  if (p.seg.flags & RST) return drop(p, 'ignored');
  owe(p, 'rst', 'rst-stray');
  return drop(p, 'stray');
}

/** The TCB is as good as deleted (§3.10.5): only the RST is still to go out. */
function whileAborting(d: Draft, p: Passage): void {
  if (p.seg.flags & RST && p.seg.seq === d.tcb.rcv.nxt) {
    toClosed(d);
    p.outcome = 'reset';
  } else {
    p.outcome = 'ignored';
  }
}

/** §3.10.7.1 */
function inClosed(p: Passage): void {
  stray(p);
}

/** §3.10.7.2: first RST, second ACK, third SYN, fourth anything else. */
function inListen(d: Draft, p: Passage): void {
  const { seg } = p;
  if (seg.flags & RST) {
    p.outcome = 'ignored';
  } else if (seg.flags & ACK) {
    if (returnsCookie(d, seg)) openByCookie(d, p);
    else stray(p);
  } else if (seg.flags & SYN && isFull(d) && d.opened === 'passive') {
    withoutRoom(d, p);
  } else if (seg.flags & SYN) {
    // A connect on the listening socket whose SYN has not gone out yet is overtaken by the peer's; and what
    // strayed in before is left to come again, since a RST now could hit the new connection.
    closeCauses(d, (cause) => cause.need === 'syn' || cause.need === 'rst');
    synchronize(d, seg);
    d.state = 'SYN-RECEIVED';
    owe(p, 'syn-ack', 'syn-ack');
    keepForLater(d, seg);
  } else {
    p.outcome = 'ignored';
  }
}

/**
 * No room for another half-open connection (RFC 4987 §2.2): a cookie answers and nothing is kept, or the SYN
 * is dropped.
 */
function withoutRoom(d: Draft, p: Passage): void {
  if (d.backlog?.cookies) owe(p, 'syn-ack', 'syn-cookie');
  else p.outcome = 'no-room';
}

function returnsCookie({ cookieFor, tcb }: Draft, { flags, seq, ack }: Segment): boolean {
  return cookieFor !== null && !(flags & SYN) && seq === seqAdd(cookieFor, 1) && ack === seqAdd(tcb.iss, 1);
}

/**
 * The third segment says all that was not kept (RFC 4987 §3.6), and may carry data or a FIN like any other.
 */
function openByCookie(d: Draft, p: Passage): void {
  const { seg } = p;
  closeCauses(d, (cause) => cause.need === 'syn-ack');
  d.cookieFor = null;
  d.tcb.irs = seqAdd(seg.seq, -1);
  d.tcb.rcv.nxt = seg.seq;
  d.tcb.snd.una = d.tcb.snd.nxt = seg.ack;
  setWindow(d, seg);
  d.state = 'ESTABLISHED';
  checkText(d, p);
}

/** §3.10.7.3 */
function inSynSent(d: Draft, p: Passage): void {
  const { seg } = p;
  const { snd, iss } = d.tcb;
  // First, the ACK bit. Data may have gone out with the SYN, so the peer may acknowledge more than ISS + 1.
  const acks = (seg.flags & ACK) !== 0;
  if (acks && (seqLe(seg.ack, iss) || seqGt(seg.ack, snd.nxt))) {
    stray(p);
    return;
  }
  // Second, the RST bit: it must acknowledge our SYN.
  if (seg.flags & RST) {
    if (!acks) {
      p.outcome = 'ignored';
      return;
    }
    toClosed(d);
    p.outcome = 'reset';
    return;
  }
  // Fourth, the SYN bit.
  if (!(seg.flags & SYN)) {
    p.outcome = 'ignored';
    return;
  }
  synchronize(d, seg);
  if (acks) {
    acknowledge(d, seg.ack);
    setWindow(d, seg);
    d.state = 'ESTABLISHED';
    owe(p, 'ack', 'third-ack');
    checkText(d, p);
  } else {
    d.state = 'SYN-RECEIVED';
    // One SYN,ACK says all that a repeated SYN would say.
    closeCauses(d, (cause) => cause.need === 'retransmit');
    owe(p, 'syn-ack', 'syn-ack');
    keepForLater(d, seg);
  }
}

/** §3.10.7.4, in its order. Security and compartment (third) and URG (sixth) have nothing to decide here. */
function inOtherStates(d: Draft, p: Passage): void {
  void (checkSequence(d, p) && checkReset(d, p) && checkSyn(d, p) && checkAck(d, p) && checkText(d, p));
}

/** First: the sequence number. */
function checkSequence(d: Draft, p: Passage): boolean {
  const { seg } = p;
  if (d.state === 'SYN-RECEIVED' && seg.flags & SYN && seg.seq === d.tcb.irs && !(seg.flags & RST)) {
    return peersSynAgain(d, p);
  }
  if (seg.flags & RST) return checkResetsNumber(d, p);
  if (inWindow(d.tcb, seg)) return true;
  // MUST-66 and its neighbour: a shut window keeps data out, not the acknowledgment that comes with it.
  if (seg.seq === d.tcb.rcv.nxt && !(seg.flags & SYN)) {
    if (!checkAck(d, p)) return false;
  }
  p.outcome = 'unacceptable';
  // Its SYN,ACK is still to go out, and says the same.
  if (owes(d, 'syn-ack')) return false;
  owe(p, 'ack', whyUnacceptable(d, seg));
  return false;
}

/** What has been waiting for its ACK is not old: it was sent again for want of it. */
function whyUnacceptable(d: Draft, seg: Segment): Why {
  const waiting = d.causes.find(
    ({ kind, need, optional }) => kind === 'arrival' && need === 'ack' && !optional,
  );
  if (waiting && segLen(seg) > 0) return waiting.why;
  if (d.state === 'TIME-WAIT' && seg.flags & FIN) return 'time-wait-ack';
  return segLen(seg) > 0 ? 'old-ack' : 'challenge-ack';
}

/**
 * Of a RST only the number at which it begins counts, whatever it carries, and it is looked at even if the
 * window is shut (MUST-66).
 */
function checkResetsNumber(d: Draft, p: Passage): boolean {
  const { nxt, wnd } = d.tcb.rcv;
  const first = nxt === null ? -1 : seqDiff(p.seg.seq, nxt);
  return first === 0 || (first > 0 && first < wnd) || drop(p, 'unacceptable');
}

/**
 * The SYN that brought us to SYN-RECEIVED, once more. Alone it is a retransmission. With an ACK of our own
 * SYN it is the peer's half of a simultaneous open: Figure 7 goes on to ESTABLISHED, and whether to answer is
 * left open.
 */
function peersSynAgain(d: Draft, p: Passage): boolean {
  if (!(p.seg.flags & ACK)) {
    p.outcome = 'unacceptable';
    if (!owes(d, 'syn-ack')) owe(p, 'syn-ack-or-ack', 'syn-ack-again');
    return false;
  }
  if (!checkAck(d, p)) return false;
  if (!p.owed) owe(p, 'ack', 'simultaneous-ack', true);
  checkText(d, p);
  return false;
}

/** Second: the RST bit, with RFC 5961's rule: only exactly at RCV.NXT does it act. */
function checkReset(d: Draft, p: Passage): boolean {
  if (!(p.seg.flags & RST)) return true;
  if (p.seg.seq !== d.tcb.rcv.nxt) {
    if (!owes(d, 'syn-ack')) owe(p, 'ack', 'challenge-ack');
    return drop(p, 'challenged');
  }
  if (d.state === 'SYN-RECEIVED' && d.opened === 'passive') withoutOpening(d);
  else toClosed(d);
  return drop(p, 'reset');
}

/** Fourth: the SYN bit. */
function checkSyn(d: Draft, p: Passage): boolean {
  if (!(p.seg.flags & SYN)) return true;
  if (d.state === 'SYN-RECEIVED' && d.opened === 'passive') {
    withoutOpening(d);
    return drop(p, 'reset');
  }
  if (!owes(d, 'syn-ack')) owe(p, 'ack', 'challenge-ack');
  return drop(p, 'challenged');
}

/** Fifth: the ACK field. */
function checkAck(d: Draft, p: Passage): boolean {
  const { seg } = p;
  const { snd } = d.tcb;
  if (!(seg.flags & ACK)) return drop(p, 'ignored');

  if (d.state === 'SYN-RECEIVED') {
    if (seqLe(seg.ack, snd.una) || seqGt(seg.ack, snd.nxt)) return stray(p);
    acknowledge(d, seg.ack);
    setWindow(d, seg);
    d.reopened = null;
    // A CLOSE that came during the handshake was queued until now (§3.10.4).
    d.state = d.closeCalled ? 'FIN-WAIT-1' : 'ESTABLISHED';
    releaseKept(d, p);
    return true;
  }

  if (seqGt(seg.ack, snd.nxt)) {
    owe(p, 'ack', 'ack-beyond');
    return drop(p, 'ack-beyond');
  }
  if (seqGt(seg.ack, snd.una)) acknowledge(d, seg.ack);
  if (snd.una === seg.ack && isNewerWindow(d, seg)) setWindow(d, seg);

  const finAcked = d.finSeq !== null && seqGt(snd.una, d.finSeq);
  if (!finAcked) return true;
  if (d.state === 'FIN-WAIT-1') {
    d.state = 'FIN-WAIT-2';
  } else if (d.state === 'CLOSING') {
    d.state = 'TIME-WAIT';
  } else if (d.state === 'LAST-ACK') {
    toClosed(d);
    return false;
  }
  return true;
}

/** Seventh: the segment text. */
function checkText(d: Draft, p: Passage): boolean {
  const { seg } = p;
  const { rcv } = d.tcb;
  if (rcv.nxt === null) return false;
  const begin = seqAdd(seg.seq, seg.flags & SYN ? 1 : 0);
  if (seg.dataOctets === 0 && !(seg.flags & FIN)) return true;
  if (d.state !== 'ESTABLISHED' && d.state !== 'FIN-WAIT-1' && d.state !== 'FIN-WAIT-2') {
    // After the peer's FIN there is nothing more to come: "this should not occur […] ignore the segment
    // text".
    if (!p.owed) owe(p, 'ack', 'old-ack', true);
    return drop(p, 'ignored');
  }
  const gap = seqDiff(begin, rcv.nxt);
  // What lies outside the window on either side is trimmed.
  const skip = gap < 0 ? -gap : 0;
  const room = rcv.wnd - (gap > 0 ? gap : 0);
  const left = seg.dataOctets - skip;
  const octets = Math.max(0, Math.min(left, room));
  const fin = (seg.flags & FIN) !== 0 && left >= 0 && left < room;
  if (gap > 0) {
    if (octets > 0 || fin) d.held = withHeld(d.held, { seq: begin, dataOctets: octets, fin });
    owe(p, 'ack', 'dup-ack');
    return drop(p, 'held');
  }
  owe(p, 'ack', p.owed?.why ?? 'ack');
  deliver(d, p, octets);
  if (fin || releaseHeld(d, p)) checkFin(d, p);
  return true;
}

/** Eighth: the FIN bit, reached once everything before it is here. */
function checkFin(d: Draft, p: Passage): void {
  const { rcv } = d.tcb;
  rcv.nxt = seqAdd(rcv.nxt ?? 0, 1);
  d.held = [];
  p.fin = true;
  owe(p, 'ack', 'ack-fin');
  switch (d.state) {
    case 'ESTABLISHED':
      d.state = 'CLOSE-WAIT';
      break;
    case 'FIN-WAIT-1':
      // Had our FIN been acknowledged, by this very segment or before, the state would be FIN-WAIT-2 by now.
      d.state = 'CLOSING';
      break;
    case 'FIN-WAIT-2':
      d.state = 'TIME-WAIT';
      break;
    default:
      break;
  }
}

function deliver(d: Draft, p: Passage, octets: number): void {
  const { rcv } = d.tcb;
  rcv.nxt = seqAdd(rcv.nxt ?? 0, octets);
  p.delivered += octets;
  if (!d.reads) {
    d.unread += octets;
    rcv.wnd -= octets;
  }
}

/** Takes what waited behind a gap that has been filled. True if the peer's FIN is next. */
function releaseHeld(d: Draft, p: Passage): boolean {
  if (d.held.length === 0) return false;
  let fin = false;
  const rest: HeldRange[] = [];
  for (const range of d.held) {
    const begin = seqDiff(range.seq, d.tcb.rcv.nxt ?? 0);
    if (begin > 0) {
      rest.push(range);
      continue;
    }
    const octets = range.dataOctets + begin;
    if (octets < 0) continue;
    deliver(d, p, octets);
    if (range.fin) {
      fin = true;
      break;
    }
  }
  d.held = rest;
  return fin;
}

/** Data or FIN on the peer's first SYN: "queue them for processing later" (§3.10.7.2). */
function keepForLater(d: Draft, seg: Segment): void {
  const octets = Math.min(seg.dataOctets, d.tcb.rcv.wnd);
  const fin = (seg.flags & FIN) !== 0 && octets === seg.dataOctets;
  if (octets > 0 || fin) d.held = [{ seq: seqAdd(seg.seq, 1), dataOctets: octets, fin }];
}

/** The connection is open: what came with the SYN is processed now. */
function releaseKept(d: Draft, p: Passage): void {
  if (d.held.length === 0) return;
  const before = d.tcb.rcv.nxt;
  const fin = releaseHeld(d, p);
  if (d.tcb.rcv.nxt !== before) owe(p, 'ack', 'ack');
  if (fin) checkFin(d, p);
}

/** Takes note of the peer's SYN. */
function synchronize(d: Draft, seg: Segment): void {
  d.cookieFor = null;
  d.tcb.irs = seg.seq;
  d.tcb.rcv.nxt = seqAdd(seg.seq, 1);
  setWindow(d, seg);
}

/** SND.UNA moves up; the retransmission timer starts afresh for what is left (RFC 6298 §5.2, 5.3). */
function acknowledge(d: Draft, ack: number): void {
  d.tcb.snd.una = ack;
  d.unacked = dropAcked(d.unacked, ack);
  closeCauses(d, (cause) => cause.need === 'retransmit');
  // The peer has our SYN: what it still waits for is an ACK, never the SYN again.
  if (owes(d, 'syn-ack') || owes(d, 'syn-ack-or-ack')) {
    d.causes = d.causes.map((cause) =>
      cause.need === 'syn-ack' || cause.need === 'syn-ack-or-ack'
        ? { ...cause, need: 'ack', why: 'old-ack' }
        : cause,
    );
  }
  d.rtoBackoff = 0;
  d.timers.rto = ack === d.tcb.snd.nxt ? null : start(d, 0);
}

/** Whether the segment is at least as new as the one that last set the window (§3.10.7.4 fifth). */
function isNewerWindow(d: Draft, seg: Segment): boolean {
  const { wl1, wl2 } = d.tcb.snd;
  return seqLt(wl1, seg.seq) || (wl1 === seg.seq && seqLe(wl2, seg.ack));
}

function setWindow(d: Draft, seg: Segment): void {
  const { snd } = d.tcb;
  snd.wnd = seg.wnd;
  snd.wl1 = seg.seq;
  snd.wl2 = seg.flags & ACK ? seg.ack : snd.wl2;
}

/** Back to where the SYN was met: to waiting for anybody's (§3.10.7.4 second and fourth), or to TIME-WAIT. */
function withoutOpening(d: Draft): void {
  const { reopened } = d;
  forget(d);
  if (reopened) {
    const { opened, finSeq, tcb } = reopened;
    d.state = 'TIME-WAIT';
    d.opened = opened;
    d.finSeq = finSeq;
    d.closeCalled = true;
    d.tcb = { ...tcb, snd: { ...tcb.snd }, rcv: { ...tcb.rcv } };
    return;
  }
  d.state = 'LISTEN';
  resetNumbers(d, d.tcb.iss, UNKNOWN_WND);
}
