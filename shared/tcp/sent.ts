import type { Cause } from './cause.ts';
import {
  closeCauses,
  draftOf,
  forget,
  maySendData,
  owes,
  resetNumbers,
  settle,
  start,
  toClosed,
} from './draft.ts';
import type { Draft } from './draft.ts';
import type { End } from './end.ts';
import { mayReopen, reopeningSyn } from './reopen.ts';
import { ACK, FIN, RST, SYN } from './segment.ts';
import type { Segment } from './segment.ts';
import { seqAdd, seqDiff, seqGe, seqLe, seqLt } from './seq.ts';
import { answersStray } from './stray.ts';
import { cutText } from './text.ts';
import { rangeOf, withRange } from './unacked.ts';

/**
 * This end has put `seg` on the wire, right or wrong. It closes the causes that the segment answers and moves
 * SND.NXT, the queue, the state and the timers. Of a wrong segment only those parts count that agree with the
 * TCB; the rest is as if it had not been said.
 */
export function sent(end: End, seg: Segment): End {
  const d = draftOf(end);
  d.lastSent = seg;
  if (seg.flags & RST) sentReset(d, seg);
  else if (seg.flags & SYN) sentSyn(d, seg);
  else sentRest(d, seg);
  return settle(d);
}

/** A RST that answers a stray leaves the state alone; any other ends the connection (§3.10.5). */
function sentReset(d: Draft, seg: Segment): void {
  const stray = d.causes.find((cause) => answersStray(cause, seg));
  if (stray) {
    d.causes = d.causes.filter((cause) => cause !== stray);
    return;
  }
  if (d.state === 'CLOSED' || d.state === 'LISTEN') return;
  // Most likely meant for the stray, with a slip in its numbers: the connection is not given up for that.
  if ((d.state === 'SYN-SENT' || d.state === 'SYN-RECEIVED') && owes(d, 'rst')) return;
  toClosed(d);
}

function sentSyn(d: Draft, seg: Segment): void {
  if (mayReopen(d, seg)) {
    reopen(d, seg);
    return;
  }
  if (d.state === 'LISTEN' && seg.flags & ACK) {
    sentCookie(d, seg);
    return;
  }
  const { snd, rcv, iss } = d.tcb;
  if (seg.seq !== iss) return;
  if (seg.flags & ACK ? seg.ack !== rcv.nxt : rcv.nxt !== null) return;

  const first = snd.nxt === iss;
  // The number of a connection that is gone.
  if (d.state === 'CLOSED' && !first) return;
  if (rcv.nxt === null && first) {
    if (d.opened !== 'active') return;
    d.state = 'SYN-SENT';
    closeCauses(d, (c) => c.need === 'rst');
  }
  if (first) {
    snd.nxt = seqAdd(iss, 1);
    d.unacked = [rangeOf(iss, SYN, 0, null)];
  }
  // Data on a SYN is legal (§3.4, MAY); on a SYN,ACK it would be data before ESTABLISHED, as with Fast Open
  // alone.
  if (rcv.nxt === null || d.fastOpen) takeFromQueue(d, seqAdd(iss, 1), seg.dataOctets);
  closeCauses(
    d,
    (c) => c.need === 'syn' || c.need === 'syn-ack' || c.need === 'syn-ack-or-ack' || dataIsOut(d, c),
  );
  outstanding(d, iss);
}

/** A cookie leaves nothing behind: no state, no number of the peer's, no timer (RFC 4987 §3.6). */
function sentCookie(d: Draft, { seq, ack }: Segment): void {
  const syn = d.causes.find((cause) => cause.need === 'syn-ack')?.seg;
  if (!syn || seq !== d.tcb.iss || ack !== seqAdd(syn.seq, 1)) return;
  closeCauses(d, (cause) => cause.need === 'syn-ack');
  d.cookieFor = syn.seq;
}

/** A new connection straight from TIME-WAIT (§3.6.1, MAY-2). */
function reopen(d: Draft, seg: Segment): void {
  const syn = reopeningSyn(d);
  if (!syn) return;
  const { wnd } = d.tcb.rcv;
  const { opened, tcb, finSeq } = draftOf(d);
  forget(d);
  d.reopened = { opened, tcb, finSeq };
  resetNumbers(d, seg.seq, syn.wnd);
  d.tcb.irs = syn.seq;
  d.tcb.rcv.nxt = seqAdd(syn.seq, 1);
  d.tcb.rcv.wnd = wnd;
  d.tcb.snd.wl1 = syn.seq;
  d.tcb.snd.nxt = seqAdd(seg.seq, 1);
  d.unacked = [rangeOf(seg.seq, SYN, 0, null)];
  d.state = 'SYN-RECEIVED';
  d.opened = 'passive';
  outstanding(d, seg.seq);
}

/** ACK, data and FIN, alone or together. Without the ACK flag the peer drops it unread (§3.10.7.4 fifth). */
function sentRest(d: Draft, seg: Segment): void {
  const { snd, rcv } = d.tcb;
  if (rcv.nxt === null || !(seg.flags & ACK) || d.state === 'CLOSED') return;
  // Before our SYN,ACK nothing else means anything to the peer.
  if (snd.nxt === d.tcb.iss) return;
  const end = seqAdd(seg.seq, seg.dataOctets);
  const inPlace = seqGe(seg.seq, snd.una) && seqLe(seg.seq, snd.nxt);
  const wasNxt = snd.nxt;
  if (inPlace) {
    if (maySendData(d)) takeFromQueue(d, seg.seq, seg.dataOctets);
    if (seg.flags & FIN && mayFinish(d, end)) finish(d);
    if (seg.dataOctets > 0 || seg.flags & FIN) outstanding(d, seg.seq);
  }
  const acks = inPlace && seg.ack === rcv.nxt;
  closeCauses(d, (c) => {
    if (c.need === 'probe') return snd.nxt !== wasNxt;
    if (acks && (c.need === 'ack' || (c.need === 'syn-ack-or-ack' && seg.seq === wasNxt))) return true;
    return dataIsOut(d, c);
  });
}

/** The octets of [seq, seq + octets) that are new leave the application's queue, as far as it has them. */
function takeFromQueue(d: Draft, seq: number, octets: number): void {
  const { snd } = d.tcb;
  const fresh = Math.min(octets - seqDiff(snd.nxt, seq), d.queued);
  if (fresh <= 0) return;
  const probing = owes(d, 'probe');
  const [text, rest] = cutText(d.queuedText, fresh);
  d.unacked = withRange(d.unacked, rangeOf(snd.nxt, 0, fresh, text));
  d.queued -= fresh;
  d.queuedText = d.queued === 0 ? null : rest;
  snd.nxt = seqAdd(snd.nxt, fresh);
  if (probing) d.persistBackoff++;
}

/**
 * Whether a FIN that follows `end` is our FIN, for the first time: CLOSE was called and nothing is left to
 * send.
 */
function mayFinish(d: Draft, end: number): boolean {
  const handshaking = d.state === 'SYN-RECEIVED' && d.tcb.snd.nxt !== d.tcb.iss;
  return (
    d.closeCalled &&
    d.finSeq === null &&
    d.queued === 0 &&
    end === d.tcb.snd.nxt &&
    (maySendData(d) || handshaking)
  );
}

function finish(d: Draft): void {
  const { snd } = d.tcb;
  d.finSeq = snd.nxt;
  d.unacked = [...d.unacked, rangeOf(snd.nxt, FIN, 0, null)];
  snd.nxt = seqAdd(snd.nxt, 1);
  if (d.state === 'ESTABLISHED' || d.state === 'SYN-RECEIVED') d.state = 'FIN-WAIT-1';
  else if (d.state === 'CLOSE-WAIT') d.state = 'LAST-ACK';
  closeCauses(d, (c) => c.need === 'fin');
}

function dataIsOut(d: Draft, cause: Cause): boolean {
  return cause.upTo !== undefined && !seqLt(d.tcb.snd.nxt, cause.upTo);
}

/**
 * Something that occupies sequence space went out, from `seq` on (RFC 6298 §5.1). If it repeats what the
 * time-out asked for, the timer runs again, twice as long (§5.5, 5.6).
 */
function outstanding(d: Draft, seq: number): void {
  const { snd } = d.tcb;
  if (snd.una === snd.nxt) return;
  if (owes(d, 'retransmit')) {
    if (seq !== snd.una) return;
    closeCauses(d, (c) => c.need === 'retransmit');
    d.rtoBackoff++;
    d.timers.rto = start(d, d.rtoBackoff);
  } else {
    d.timers.rto ??= start(d, d.rtoBackoff);
  }
}
