import type { UserCall } from './call.ts';
import { call } from './call.ts';
import type { End } from './end.ts';
import { maySendData } from './draft.ts';
import { synOctets } from './expect.ts';
import { withFastOpen } from './fast-open.ts';
import { ACK, FIN, RST, SYN } from './segment.ts';
import type { Segment } from './segment.ts';
import { seqAdd, seqDiff, seqLe } from './seq.ts';
import { answersStray } from './stray.ts';

const NO_CALLS: readonly UserCall[] = [];

/**
 * The application calls (RFC 9293 §3.9.1) that must have been made, in this order, if this end sends `seg`
 * rightly: for captures, where an application may call anything at any time and nobody wrote it down. Apply
 * them before `sent`.
 */
export function inferCalls(end: End, seg: Segment): readonly UserCall[] {
  if (end.abortCalled) return NO_CALLS;
  if (seg.flags & RST) return inferAbort(end, seg);
  if (seg.flags & SYN) return seg.flags & ACK ? inferEarlyWrite(end, seg) : inferConnect(end, seg);
  return inferDataAndFin(end, seg);
}

/**
 * The end after the calls of {@link inferCalls}, and with Fast Open if `seg` shows that it is used; the same
 * object if there is nothing to infer.
 */
export function withInferredCalls(end: End, seg: Segment): End {
  const early = withFastOpen(end, seg);
  return afterCalls(early, inferCalls(early, seg));
}

/** The end after these calls; those that its state does not allow change nothing. */
export function afterCalls(end: End, calls: readonly UserCall[]): End {
  let next = end;
  for (const userCall of calls) {
    const called = call(next, userCall);
    if (called.ok) next = called.value;
  }
  return next;
}

/** A RST in the shape of an abort, unless it answers a stray. */
function inferAbort(end: End, seg: Segment): readonly UserCall[] {
  if (end.state === 'CLOSED' || end.state === 'LISTEN' || end.state === 'SYN-SENT') return NO_CALLS;
  if (seg.seq !== end.tcb.snd.nxt || (seg.flags & ACK && seg.ack !== end.tcb.rcv.nxt)) return NO_CALLS;
  if (end.causes.some((cause) => answersStray(cause, seg))) return NO_CALLS;
  return [{ call: 'abort' }];
}

function inferConnect(end: End, seg: Segment): readonly UserCall[] {
  const calls: UserCall[] = [];
  if (end.state !== 'CLOSED' && end.state !== 'LISTEN' && end.state !== 'SYN-SENT') return NO_CALLS;
  if (end.state !== 'SYN-SENT' && end.opened !== 'active') calls.push({ call: 'connect' });
  const missing = seg.dataOctets - synOctets(end) - end.queued;
  if (missing > 0) calls.push({ call: 'write', octets: missing });
  return calls;
}

/** With Fast Open, data on the SYN,ACK. */
function inferEarlyWrite(end: End, seg: Segment): readonly UserCall[] {
  const octets = seg.dataOctets - synOctets(end) - end.queued;
  return end.fastOpen && octets > 0 ? [{ call: 'write', octets }] : NO_CALLS;
}

function inferDataAndFin(end: End, seg: Segment): readonly UserCall[] {
  const { snd } = end.tcb;
  if (end.finSeq !== null || !seqLe(seg.seq, snd.nxt)) return NO_CALLS;
  const handshaking = end.state === 'SYN-RECEIVED' && !end.fastOpen;
  if (!maySendData(end) && !handshaking) return NO_CALLS;
  const last = seqAdd(seg.seq, seg.dataOctets);
  const fresh = seqDiff(last, snd.nxt);
  const calls: UserCall[] = [];
  if (fresh > end.queued && !end.closeCalled && !handshaking && seqDiff(seg.seq, snd.una) >= 0) {
    calls.push({ call: 'write', octets: fresh - end.queued });
  }
  if (seg.flags & FIN && !end.closeCalled && fresh >= end.queued && fresh >= 0) {
    calls.push({ call: 'close' });
  }
  return calls.length > 0 ? calls : NO_CALLS;
}
