import { arrive } from '../../../shared/tcp/arrive.ts';
import { call } from '../../../shared/tcp/call.ts';
import type { UserCall } from '../../../shared/tcp/call.ts';
import { UNKNOWN_WND } from '../../../shared/tcp/end.ts';
import type { End } from '../../../shared/tcp/end.ts';
import { withFastOpen } from '../../../shared/tcp/fast-open.ts';
import { afterCalls, inferCalls } from '../../../shared/tcp/infer.ts';
import { chooseIss } from '../../../shared/tcp/iss.ts';
import { judge } from '../../../shared/tcp/judge.ts';
import { ACK, FIN, RST, SYN } from '../../../shared/tcp/segment.ts';
import type { Segment } from '../../../shared/tcp/segment.ts';
import { sent } from '../../../shared/tcp/sent.ts';
import { seqAdd, seqDiff, seqLt } from '../../../shared/tcp/seq.ts';
import type { Verdict } from '../../../shared/tcp/verdict.ts';
import { answeredEarlier } from './burst.ts';
import type { Burst } from './burst.ts';
import { Reader } from '../reader.ts';
import type { Json } from '../reader.ts';
import { toldFault } from '../told-fault.ts';
import { isSane, withRcvWnd, withoutConnection } from './traced.ts';
import type { Trace, Taken } from './traced.ts';

/** The end sends a segment, which is judged. */
export function takeOut(trace: Trace, step: Json): Taken | string {
  const read = new Reader();
  const seg = read.segment(step, 'step', false, UNKNOWN_WND);
  if (read.problem !== null) return read.problem;
  const numbered = withIss(opensAnother(trace, seg) ? forAnother(trace) : trace, seg);
  const { otherwise } = numbered;
  const first = judgeStep(numbered, seg);
  const second = otherwise && judgeStep({ ...numbered, end: otherwise }, seg);
  const [chosen, rest] = betterFirst(first, second);
  const { verdict } = chosen;
  const after = ({ end }: Judged): End => (isSane(seg) ? withOwnWindow(sent(end, seg), trace, seg) : end);
  const reopened = verdict.why === 'reopen';
  const earlier = knownEarlier(numbered, seg);
  const next = {
    ...numbered,
    end: after(chosen),
    otherwise: rest && after(rest),
    issKnown: numbered.issKnown || reopened,
    // What the other way did not take was never to be acknowledged.
    unansweredNxts: chosen === second ? [] : stillUnanswered(trace, seg),
    burst: earlier ?? { end: after(chosen), waiting: [], answering: true },
  };
  if (verdict.verdict === 'wrong' && earlier) {
    const end = earlier.waiting.reduce(arrive, earlier.end);
    return { trace: { ...next, end, otherwise: null }, answer: { verdict: 'legal' } };
  }
  if (verdict.verdict === 'wrong' && isEarlierAck(trace, seg))
    return { trace: next, answer: { verdict: 'legal' } };
  const faults = verdict.faults.map(toldFault);
  return { trace: next, answer: { verdict: verdict.verdict, ...(faults.length > 0 && { faults }) } };
}

/**
 * The ACK of an earlier one of several arrivals, noted after something else was sent: a burst ends there,
 * while the ACKs that were put off may still come.
 */
function isEarlierAck({ end, unansweredNxts }: Trace, seg: Segment): boolean {
  const { rcv } = end.tcb;
  if (rcv.nxt === null || seg.dataOctets > 0 || !unansweredNxts.includes(seg.ack)) return false;
  return judge(end, { ...seg, ack: rcv.nxt }, { app: 'scripted' }).verdict !== 'wrong';
}

/**
 * The burst after this was sent in the middle of it; null: it is not right by an earlier moment of it. What
 * nothing calls for at all, nobody sends between two arrivals.
 */
function knownEarlier(trace: Trace, seg: Segment): Burst | null {
  const { burst } = trace;
  if (!burst || !isSane(seg)) return null;
  return answeredEarlier(burst, (then) => {
    const { verdict, end } = judgeStep({ ...trace, end: then }, seg);
    const isUncalled = verdict.why === 'duplicate-ack' || verdict.why === 'keep-alive';
    return verdict.verdict === 'wrong' || isUncalled ? null : sent(end, seg);
  });
}

function stillUnanswered({ unansweredNxts }: Trace, seg: Segment): readonly number[] {
  const answered = seg.flags & ACK ? unansweredNxts.indexOf(seg.ack) : -1;
  return answered < 0 ? unansweredNxts : unansweredNxts.slice(answered + 1);
}

/** Where no call is told, a SYN after a connection has ended opens another. */
function opensAnother({ end, isTold }: Trace, seg: Segment): boolean {
  const isOver = end.state === 'TIME-WAIT' || (end.state === 'CLOSED' && end.tcb.snd.nxt !== end.tcb.iss);
  return !isTold && isOver && (seg.flags & (SYN | ACK | RST | FIN)) === SYN;
}

function forAnother(trace: Trace): Trace {
  return { ...trace, end: withoutConnection(trace.end), issKnown: false, otherwise: null, burst: null };
}

/** Our SYN names our ISS, unless it was given; so does the RST of who aborts before it. */
function withIss(trace: Trace, seg: Segment): Trace {
  const { end, otherwise } = trace;
  if (trace.issKnown || !isSane(seg)) return trace;
  const isFirst = seg.flags & RST ? end.abortCalled && end.tcb.snd.nxt === end.tcb.iss : seg.flags & SYN;
  if (!isFirst) return trace;
  const iss = seg.seq;
  return {
    ...trace,
    end: chooseIss(end, iss),
    otherwise: otherwise && chooseIss(otherwise, iss),
    issKnown: true,
  };
}

interface Judged {
  readonly verdict: Verdict;
  /** The end with the calls that had to be inferred. */
  readonly end: End;
}

/** The way by which what was sent is right, and the other one as long as it is not ruled out. */
function betterFirst(one: Judged, other: Judged | null): readonly [Judged, Judged | null] {
  if (!other || one.verdict.verdict === other.verdict.verdict) return [one, other];
  if (one.verdict.verdict === 'wrong') return [other, null];
  return [one, other.verdict.verdict === 'wrong' ? null : other];
}

/** By the calls that were told; where the steps never tell of such calls, by those that can be inferred. */
function judgeStep(trace: Trace, seg: Segment): Judged {
  const { end, tells } = trace;
  const scripted: Judged = { verdict: judge(end, seg, { app: 'scripted' }), end };
  if (scripted.verdict.verdict !== 'wrong' || !isSane(seg)) return scripted;
  const written = withEarlierWrite(trace, seg);
  if (written !== end) {
    const verdict = judge(written, seg, { app: 'scripted' });
    return verdict.verdict === 'wrong' ? scripted : { verdict, end: written };
  }
  const early = withFastOpen(end, seg);
  const calls = inferCalls(early, seg);
  const silentAbout = (userCall: UserCall): boolean => {
    if (userCall.call === 'write') return tells.write !== true;
    return userCall.call === 'close' ? !tells.close : true;
  };
  if (!calls.every(silentAbout)) return scripted;
  const verdict = judge(end, seg, { app: 'free' });
  if (verdict.verdict === 'wrong') return scripted;
  return { verdict, end: afterCalls(early, calls) };
}

/**
 * The end with what must have been written before a CLOSE that was told, if it sends this and nobody told how
 * much was; the same object if there is nothing to infer.
 */
function withEarlierWrite({ end, tells }: Trace, seg: Segment): End {
  if (tells.write === true || !end.closeCalled || end.finSeq !== null) return end;
  const { una, nxt } = end.tcb.snd;
  if (seqLt(seg.seq, una) || seqLt(nxt, seg.seq)) return end;
  const octets = seqDiff(seqAdd(seg.seq, seg.dataOctets), nxt) - end.queued;
  const written = octets > 0 ? call({ ...end, closeCalled: false }, { call: 'write', octets }) : null;
  return written?.ok ? { ...written.value, closeCalled: true } : end;
}

/**
 * An end that announces a shut window takes nothing until it announces another; one that stopped reading is
 * counted for already.
 */
function withOwnWindow(end: End, trace: Trace, seg: Segment): End {
  if (seg.wnd === UNKNOWN_WND || seg.flags & RST || (seg.wnd > 0 && !end.reads)) return end;
  const wnd = seg.wnd === 0 ? 0 : trace.rcvWnd;
  return end.tcb.rcv.wnd === wnd ? end : withRcvWnd(end, wnd);
}
