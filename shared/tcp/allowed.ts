import type { Why } from './cause.ts';
import { maySendData, owes } from './draft.ts';
import type { End } from './end.ts';
import { synOctets, synUnacked } from './expect.ts';
import { mayReopen } from './reopen.ts';
import { ACK, FIN, RST, SYN, URG } from './segment.ts';
import type { Segment } from './segment.ts';
import { seqAdd, seqDiff } from './seq.ts';

/**
 * Whether RFC 9293 allows this segment now although nothing asks for it: a duplicate ACK, a retransmission
 * (§3.8.1: any re-cut of the queue in place), new data together with old, a FIN during the handshake
 * (§3.10.4), a keep-alive (§3.8.4), a SYN,ACK that takes up a new connection from TIME-WAIT (§3.6.1). Names
 * it, or null.
 */
export function allowed(end: End, seg: Segment): Why | null {
  const { flags } = seg;
  if (end.abortCalled || flags & URG || end.state === 'CLOSED' || end.state === 'LISTEN') return null;
  if (flags & RST) return allowedReset(end, seg);
  const { rcv } = end.tcb;
  if (rcv.nxt === null) return allowedSyn(end, seg);
  if (mayReopen(end, seg)) return 'reopen';
  // Once the peer's SYN is known, every segment says how far we have got (§3.1: "always sent").
  if (!(flags & ACK) || seg.ack !== rcv.nxt) return null;
  if (flags & SYN) return allowedSynAck(end, seg);
  if (owes(end, 'syn-ack')) return null;
  return flags & FIN || seg.dataOctets > 0 ? allowedRange(end, seg) : allowedPureAck(end, seg);
}

/**
 * A RST, with nothing asking for it, only to say that octets were thrown away: in the shape of an abort, or
 * as an answer to them.
 */
function allowedReset(end: End, seg: Segment): Why | null {
  if (!end.closeCalled || end.reads || seg.dataOctets > 0 || seg.flags & (SYN | FIN)) return null;
  const late = end.newest?.seg;
  if (!late || late.flags & RST) return null;
  if (end.unread === 0 && late.dataOctets === 0) return null;
  if (seg.seq === end.tcb.snd.nxt) {
    return !(seg.flags & ACK) || seg.ack === end.tcb.rcv.nxt ? 'rst-unread' : null;
  }
  return late.flags & ACK && seg.seq === late.ack && !(seg.flags & ACK) ? 'rst-unread' : null;
}

/** SYN-SENT: the SYN again, with as much of its data as before or as the application has. */
function allowedSyn(end: End, seg: Segment): Why | null {
  const plainSyn = (seg.flags & (SYN | ACK | FIN)) === SYN && seg.seq === end.tcb.iss;
  if (end.state !== 'SYN-SENT' || !plainSyn) return null;
  return seg.dataOctets <= synOctets(end) + end.queued ? 'retransmit-syn' : null;
}

function allowedSynAck(end: End, seg: Segment): Why | null {
  const again = synUnacked(end) && seg.seq === end.tcb.iss && !(seg.flags & FIN);
  return again && seg.dataOctets <= (end.fastOpen ? synOctets(end) : 0) ? 'retransmit-syn-ack' : null;
}

function allowedPureAck(end: End, seg: Segment): Why | null {
  if (seg.seq === end.tcb.snd.nxt) return 'duplicate-ack';
  return isKeepAlive(end, seg) ? 'keep-alive' : null;
}

/**
 * One number below SND.NXT, empty, and only in silence: nothing outstanding, no reply owed (§3.8.4). Many
 * stacks probe a shut window in this shape, also after CLOSE while data still delays the FIN.
 */
export function isKeepAlive(end: End, seg: Segment): boolean {
  const { una, nxt } = end.tcb.snd;
  if (seg.seq !== seqAdd(nxt, -1) || una !== nxt) return false;
  if (seg.dataOctets > 0 || seg.flags & (SYN | FIN | RST)) return false;
  if (!maySendData(end) && end.state !== 'FIN-WAIT-2') return false;
  for (const { kind, optional, why } of end.causes) {
    // In the middle of an opening nobody asks whether the peer is still there.
    if (kind === 'arrival' && (!optional || why === 'simultaneous-ack')) return false;
  }
  return true;
}

/** Data, FIN or both: old octets in place, new ones as far as they may go (§3.8.1, 3.10.2, 3.10.4). */
function allowedRange(end: End, seg: Segment): Why | null {
  const { una, nxt, wnd } = end.tcb.snd;
  const from = seqDiff(seg.seq, una) - (synUnacked(end) ? 1 : 0);
  const past = seqDiff(seg.seq, nxt);
  if (past > 0 || from < 0) return null;
  const last = seqAdd(seg.seq, seg.dataOctets);
  const fin = (seg.flags & FIN) !== 0;

  if (end.finSeq !== null) {
    const toFin = seqDiff(end.finSeq, last);
    if (fin) return toFin === 0 ? 'retransmit-fin' : null;
    return toFin >= 0 ? 'retransmit' : null;
  }
  const fresh = seqDiff(last, nxt);
  if (fresh > 0) {
    if (!maySendData(end) || fresh > end.queued) return null;
    const probes = fresh === 1 && una === nxt;
    // The window is for what comes behind our SYN, which may not be acknowledged yet with Fast Open.
    const ahead = seqDiff(last, una) - (synUnacked(end) ? 1 : 0);
    if (ahead > wnd && !probes) return null;
  }
  if (fin) {
    if (!end.closeCalled || fresh !== end.queued) return null;
    return fresh > 0 ? 'data-fin' : 'fin';
  }
  return fresh > 0 ? 'data' : 'retransmit';
}
