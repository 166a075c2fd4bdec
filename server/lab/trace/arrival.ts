import { arrive } from '../../../shared/tcp/arrive.ts';
import { call } from '../../../shared/tcp/call.ts';
import { owes } from '../../../shared/tcp/draft.ts';
import { UNKNOWN_WND } from '../../../shared/tcp/end.ts';
import type { End } from '../../../shared/tcp/end.ts';
import { ACK, FIN, RST, SYN } from '../../../shared/tcp/segment.ts';
import type { Segment } from '../../../shared/tcp/segment.ts';
import { seqAdd, seqLt } from '../../../shared/tcp/seq.ts';
import { withArrival } from './burst.ts';
import { Reader } from '../reader.ts';
import type { Json } from '../reader.ts';
import { withRcvWnd } from './traced.ts';
import type { Trace, Taken } from './traced.ts';

/** A segment reaches the end. */
export function takeIn(trace: Trace, step: Json): Taken | string {
  const read = new Reader();
  const given = read.segment(step, 'step', true, UNKNOWN_WND);
  if (read.problem !== null) return read.problem;
  const shift = given.flags & SYN ? (shiftOf(step) ?? trace.peerShift) : trace.peerShift;
  const seg = { ...given, wnd: peerWindow(given, shift) };
  const { end } = trace;
  const guessListen =
    !trace.isTold && end.state === 'CLOSED' && end.opened === null && (seg.flags & (SYN | ACK | RST)) === SYN;
  const listening = guessListen ? call(end, { call: 'listen' }) : null;
  const before = listening?.ok ? listening.value : end;
  const after = arrive(before, seg);
  const otherwise = guessListen ? arrive(end, seg) : otherWayOf(end, after, seg);
  const backToListen = end.state !== 'LISTEN' && after.state === 'LISTEN';
  return {
    trace: {
      ...trace,
      end: after,
      issKnown: trace.issKnown && !backToListen && !guessListen,
      otherwise: trace.otherwise ? arrive(trace.otherwise, seg) : otherwise,
      peerShift: shift,
      unansweredNxts: withNxt(trace.unansweredNxts, after),
      burst: withArrival(trace.burst, before, seg),
    },
    answer: {},
  };
}

/**
 * What some stacks make of an arrival: they let a RST in TIME-WAIT pass (RFC 1337 §3, F1), drop the FIN of a
 * SYN or its data, or what acknowledges something long past (RFC 5961 §5, MAY-12), or take a FIN though their
 * window is shut. RFC 9293 has it as in `after`; what is sent then shows which way it was.
 */
function otherWayOf(end: End, after: End, seg: Segment): End | null {
  const { nxt, wnd } = end.tcb.rcv;
  if (end.state === 'TIME-WAIT' && after.newest?.outcome === 'reset') return end;
  if (after.state === 'SYN-RECEIVED' && after.held !== end.held) {
    return { ...after, held: seg.flags & FIN ? after.held.map((range) => ({ ...range, fin: false })) : [] };
  }
  if (after.tcb.rcv.nxt !== nxt && isLongPast(end, seg)) {
    // Dropped with an ACK, as what acknowledges too much is.
    return arrive(end, { ...seg, ack: seqAdd(end.tcb.snd.nxt, 1) });
  }
  const bareFin = seg.flags & FIN && seg.dataOctets === 0 && seg.seq === nxt;
  return bareFin && wnd === 0 ? arrive(withRcvWnd(end, 1), seg) : null;
}

/**
 * Whether its ACK lies further back than the widest window without scaling. How wide the peer's has been at most
 * is rarely in the steps.
 */
function isLongPast({ tcb: { snd } }: End, seg: Segment): boolean {
  return (seg.flags & (ACK | SYN)) === ACK && seqLt(seg.ack, seqAdd(snd.una, -0xffff));
}

/** So many arrivals may wait for their ACKs. */
const MOST_NXTS = 256;

function withNxt(nxts: readonly number[], end: End): readonly number[] {
  const { nxt } = end.tcb.rcv;
  if (nxt === null || !owes(end, 'ack')) return [];
  return nxts.at(-1) === nxt ? nxts : [...nxts, nxt].slice(-MOST_NXTS);
}

function shiftOf(step: Json): number | null {
  const shift = step['wscale'];
  return typeof shift === 'number' && Number.isInteger(shift) && shift >= 0 && shift <= 14 ? shift : null;
}

/**
 * What the peer's window may be at most. A window in a SYN is as it stands; any other may be scaled by up to
 * 14 bits (RFC 7323 §2.3), and unless the steps told by how much, nobody is blamed for filling it. A shut one
 * is shut at any scale.
 */
function peerWindow(seg: Segment, shift: number | null): number {
  if (seg.wnd === 0 || seg.wnd >= UNKNOWN_WND || seg.flags & SYN) return seg.wnd;
  return Math.min(seg.wnd * 2 ** (shift ?? 14), UNKNOWN_WND);
}
