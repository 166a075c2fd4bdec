import { call } from '../tcp/call.ts';
import { newEnd, UNKNOWN_WND, type End } from '../tcp/end.ts';
import { withInferredCalls } from '../tcp/infer.ts';
import { sent } from '../tcp/sent.ts';
import { ACK, type Segment, SYN, segEnd } from '../tcp/segment.ts';
import { seqAdd, seqDiff, seqGt } from '../tcp/seq.ts';
import type { State } from '../tcp/state.ts';

/**
 * An end of a captured connection before anything has happened. What it may receive is not known, so nothing
 * is held against its window.
 */
export function capturedEnd(iss: number): End {
  return newEnd({ iss, rcvWnd: UNKNOWN_WND, mss: 65_535 });
}

/** An end in LISTEN. */
export function listeningEnd(iss: number): End {
  const listening = call(capturedEnd(iss), { call: 'listen' });
  if (!listening.ok) throw new Error(`a new end cannot listen: ${listening.error.code}`);
  return listening.value;
}

export interface Numbers {
  readonly sndUna: number;
  readonly sndNxt: number;
  readonly rcvNxt: number;
}

/**
 * An end that was already ESTABLISHED when the capture began, with the numbers that its first segments show.
 */
export function establishedEnd({ sndUna, sndNxt, rcvNxt }: Numbers): End {
  const end = capturedEnd(seqAdd(sndUna, -1));
  const outstanding = seqDiff(sndNxt, sndUna);
  return {
    ...end,
    state: 'ESTABLISHED',
    opened: 'active',
    tcb: {
      iss: seqAdd(sndUna, -1),
      irs: seqAdd(rcvNxt, -1),
      snd: { una: sndUna, nxt: sndNxt, wnd: UNKNOWN_WND, wl1: seqAdd(rcvNxt, -1), wl2: sndUna },
      rcv: { nxt: rcvNxt, wnd: UNKNOWN_WND },
    },
    unacked: outstanding > 0 ? [{ seq: sndUna, flags: 0, dataOctets: outstanding }] : [],
  };
}

/** The end after it sent `seg`, and after the application calls that must have come before. */
export function afterSending(end: End, seg: Segment): End {
  return sent(withInferredCalls(end, seg), seg);
}

/** The end in another state, for what RFC 9293 has no word for. */
export function inState(end: End, state: State): End {
  return { ...end, state };
}

/**
 * The peer's window as wide as it has ever been said to be: a window that shrank does not call back what is
 * under way.
 */
export function withWindowUpTo(end: End, rightEdge: number | null): End {
  const { snd } = end.tcb;
  return withWindow(end, rightEdge === null ? UNKNOWN_WND : Math.max(snd.wnd, seqDiff(rightEdge, snd.una)));
}

export function withWindow(end: End, wnd: number): End {
  const { snd } = end.tcb;
  return snd.wnd === wnd ? end : { ...end, tcb: { ...end.tcb, snd: { ...snd, wnd } } };
}

/**
 * The end with everything before a number sent: data on a SYN that was accepted (RFC 7413), or from before
 * the capture began.
 */
export function withSentUpTo(end: End, upTo: number): End {
  const { snd } = end.tcb;
  if (!seqGt(upTo, snd.nxt)) return end;
  return {
    ...end,
    tcb: { ...end.tcb, snd: { ...snd, nxt: upTo } },
    unacked: [...end.unacked, { seq: snd.nxt, flags: 0, dataOctets: seqDiff(upTo, snd.nxt) }],
  };
}

/**
 * The end with its numbers set to what it sends, after it has contradicted them more than once: what comes
 * later is then judged by itself.
 */
export function believing(end: End, seg: Segment, hasAck: boolean): End {
  const next = segEnd(seg);
  const { snd, rcv } = end.tcb;
  return {
    ...end,
    tcb: {
      ...end.tcb,
      snd: { ...snd, una: seg.seq, nxt: next },
      rcv: hasAck ? { ...rcv, nxt: seg.ack } : rcv,
    },
    unacked: seg.dataOctets > 0 ? [{ seq: seg.seq, flags: 0, dataOctets: seg.dataOctets }] : [],
    held: [],
  };
}

/** A SYN,ACK of which nothing else is known. */
export function synAck(seq: number, ack: number): Segment {
  return { seq, ack, flags: SYN | ACK, wnd: UNKNOWN_WND, dataOctets: 0 };
}
