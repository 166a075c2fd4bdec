import { arrive } from '../../shared/tcp/arrive.ts';
import { call } from '../../shared/tcp/call.ts';
import type { UserCall } from '../../shared/tcp/call.ts';
import { owes } from '../../shared/tcp/draft.ts';
import { UNKNOWN_WND, newEnd } from '../../shared/tcp/end.ts';
import type { End, TimerName } from '../../shared/tcp/end.ts';
import { expire } from '../../shared/tcp/expire.ts';
import { withFastOpen } from '../../shared/tcp/fast-open.ts';
import { inferCalls } from '../../shared/tcp/infer.ts';
import { chooseIss } from '../../shared/tcp/iss.ts';
import { judge } from '../../shared/tcp/judge.ts';
import { ACK, FIN, RST, SYN } from '../../shared/tcp/segment.ts';
import type { Segment } from '../../shared/tcp/segment.ts';
import { sent } from '../../shared/tcp/sent.ts';
import { seqAdd } from '../../shared/tcp/seq.ts';
import { endOf } from '../../shared/tcp/snapshot.ts';
import type { State } from '../../shared/tcp/state.ts';
import type { Snapshot } from '../../shared/tcp/snapshot.ts';
import type { Verdict } from '../../shared/tcp/verdict.ts';
import { answeredEarlier, withArrival, type Burst } from './burst.ts';
import { toldFault } from './judge.ts';
import { Reader, isObject, parseLine, show } from './reader.ts';
import type { Json } from './reader.ts';
import { readSnapshot } from './snapshot-fields.ts';
import { callNamed, octetsOf, timerNamed } from './step-words.ts';

/** Wide enough that nobody's data falls outside it by our mistake: what an end announces is rarely in the steps. */
const RCV_WND = 2 ** 20;

/**
 * `lab trace`: one end's view, a step a line; after each step a line with the state and the numbers that RFC 9293 gives
 * this end, for a segment sent also the verdict. A step that cannot be used is answered by `{"error"}` beside them, changes nothing,
 * and the rest goes on. If `write` returns a promise, it is waited for. Returns the exit status: 0, or 2 if there was such a step.
 */
export async function traceSteps(
  lines: AsyncIterable<string>,
  write: (line: string) => unknown,
): Promise<number> {
  let status = 0;
  let trace = newTrace();
  let first = true;
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const step = parseLine(first ? line.replace(/^\uFEFF/, '') : line);
    const taken = typeof step === 'string' ? step : take(trace, step, first);
    first = false;
    if (typeof taken === 'string') {
      status = 2;
      await write(JSON.stringify({ error: taken, ...numbers(trace) }));
      continue;
    }
    trace = taken.trace;
    await write(JSON.stringify({ ...numbers(trace), ...taken.told }));
  }
  return status;
}

/** An end, and what the steps have and have not said about it. */
interface Trace {
  readonly end: End;
  /** Our ISS was given, or has been seen in our SYN. */
  readonly issKnown: boolean;
  /** Kinds of calls that the steps tell of; where they are silent, calls are inferred from what is sent. */
  readonly tells: { readonly write: boolean; readonly close: boolean };
  /** Any call was told, or a start. */
  readonly told: boolean;
  /** The end as it would be had it taken an arrival in another way that some stacks have; null where there is no doubt. */
  readonly otherwise: End | null;
  /** The receive window while it is not shut. */
  readonly rcvWnd: number;
  /** The peer's window scale (RFC 7323); null if no step told it. */
  readonly peerShift: number | null;
  /** RCV.NXT as each arrival left it that is owed an ACK, oldest first. */
  readonly unansweredNxts: readonly number[];
  /** The last arrivals in a row; null: something else came after them. */
  readonly burst: Burst | null;
}

interface Taken {
  readonly trace: Trace;
  readonly told: object;
}

function newTrace(): Trace {
  return {
    end: newEnd({ iss: 0, rcvWnd: RCV_WND, mss: 1460 }),
    issKnown: false,
    tells: { write: false, close: false },
    told: false,
    otherwise: null,
    rcvWnd: RCV_WND,
    peerShift: null,
    unansweredNxts: [],
    burst: null,
  };
}

function numbers({ end, issKnown }: Trace): object {
  const { snd, rcv } = end.tcb;
  return {
    state: stateOf(end),
    snd_una: issKnown ? snd.una : null,
    snd_nxt: issKnown ? snd.nxt : null,
    rcv_nxt: rcv.nxt,
  };
}

/**
 * RFC 9293 enters SYN-SENT at OPEN, FIN-WAIT-1 at CLOSE and CLOSED at ABORT (§3.10.1, 3.10.4, 3.10.5), before anything has
 * gone out. The engine waits with OPEN and ABORT until then, so that what is sent may be judged by what was there.
 */
function stateOf(end: End): State {
  if (end.abortCalled) return 'CLOSED';
  const fresh = end.state === 'CLOSED' || end.state === 'LISTEN';
  return fresh && end.opened === 'active' ? 'SYN-SENT' : end.state;
}

function take(trace: Trace, step: Json, first: boolean): Taken | string {
  if ('start' in step) {
    return first ? takeStart(trace, step['start']) : 'start is for the first line only.';
  }
  if ('app' in step) return takeCall({ ...trace, burst: null }, step);
  if ('timer' in step) return takeTimer({ ...trace, burst: null }, step['timer']);
  if (step['dir'] === 'in') return takeIn(trace, step);
  if (step['dir'] === 'out') return takeOut(trace, step);
  return `A step has "app", "dir" ("in" or "out"), "timer" or, on the first line, "start"; this is ${show(step)}.`;
}

function takeStart(trace: Trace, start: unknown): Taken | string {
  const read = new Reader();
  const given = read.object(start, 'start');
  const snapshot = readSnapshot(read, { state: 'CLOSED', rcv_wnd: RCV_WND, ...given }, 'start');
  if (read.problem !== null) return read.problem;
  const fresh = snapshot.state === 'CLOSED' || snapshot.state === 'LISTEN';
  if (!fresh && snapshot.sndNxt === null && snapshot.iss === null) {
    return `start in ${snapshot.state} needs its numbers: iss, irs, snd_una, snd_nxt and rcv_nxt.`;
  }
  const app = isObject(given['app']) ? given['app'] : {};
  return {
    trace: {
      ...trace,
      end: endOf(fresh ? snapshot : withInitialNumbers(snapshot)),
      issKnown: snapshot.iss !== null || snapshot.sndNxt !== null,
      tells: { write: 'queued' in app, close: 'closed' in app },
      told: true,
      rcvWnd: snapshot.rcvWnd ?? RCV_WND,
    },
    told: {},
  };
}

/**
 * Where only the numbers in use were given, the initial ones are taken to lie just below: past the handshake they matter
 * only in that they are not among those in use.
 */
function withInitialNumbers(snapshot: Snapshot): Snapshot {
  const { sndUna, sndNxt, rcvNxt, state, received } = snapshot;
  // Until our SYN is acknowledged, SND.UNA is the initial number itself.
  const handshaking = state === 'SYN-SENT' || state === 'SYN-RECEIVED';
  const inUse = sndUna ?? seqAdd(sndNxt ?? 0, handshaking ? -1 : 0);
  const iss = snapshot.iss ?? seqAdd(inUse, handshaking ? 0 : -1);
  const syn = received.find((seg) => seg.flags & SYN);
  const irs = snapshot.irs ?? syn?.seq ?? (rcvNxt === null ? null : seqAdd(rcvNxt, -1));
  const next = sndNxt ?? seqAdd(iss, 1);
  return {
    ...snapshot,
    iss,
    irs,
    sndUna: sndUna ?? (handshaking ? iss : next),
    sndNxt: next,
    rcvNxt: rcvNxt ?? (irs === null ? null : seqAdd(irs, 1)),
  };
}

function takeCall(trace: Trace, step: Json): Taken | string {
  const known = trace.told ? trace : { ...trace, told: true };
  const which = callNamed(step);
  if (which === 'none') return { trace: known, told: {} };
  if (which === null) {
    return `app must be one of connect, listen, write, close, abort, stop-reading and start-reading; it is ${show(step['app'])}.`;
  }
  if (which === 'write') return takeWrite(known, step);
  const opens = which === 'connect' || which === 'listen';
  // A new connection on the same pair of sockets: the old TCB has served.
  const base = opens && known.end.state === 'TIME-WAIT' ? withoutConnection(known.end) : known.end;
  const called = call(base, { call: which });
  const tells = which === 'close' && called.ok ? { ...known.tells, close: true } : known.tells;
  const again = opens && base.tcb.snd.nxt !== base.tcb.iss;
  return {
    trace: {
      ...known,
      end: called.ok ? called.value : known.end,
      issKnown: known.issKnown && !again,
      tells,
      otherwise: opens ? null : afterCall(known.otherwise, { call: which }),
    },
    told: called.ok ? {} : { refused: called.error.code },
  };
}

function afterCall(end: End | null, userCall: UserCall): End | null {
  const called = end && call(end, userCall);
  return called?.ok ? called.value : end;
}

function takeWrite(trace: Trace, step: Json): Taken | string {
  const amount = octetsOf(step);
  if (typeof amount === 'string') return amount;
  // "It wrote" without saying how much leaves the amount to be seen.
  if (amount === null) return { trace, told: {} };
  const tells = { ...trace.tells, write: true };
  if (amount === 0) return { trace: { ...trace, tells }, told: {} };
  const written: UserCall = { call: 'write', octets: amount };
  const called = call(trace.end, written);
  const otherwise = afterCall(trace.otherwise, written);
  // A write that opens (RFC 7413 §4.1, and SEND in LISTEN) is told by its SYN.
  return called.ok
    ? { trace: { ...trace, end: called.value, otherwise, tells }, told: {} }
    : { trace, told: { refused: called.error.code } };
}

function withoutConnection(end: End): End {
  return newEnd({ iss: end.tcb.iss, rcvWnd: end.tcb.rcv.wnd, mss: end.mss });
}

function takeTimer(trace: Trace, timer: unknown): Taken | string {
  const name = timerNamed(timer);
  if (name === null) return `timer must be "rto", "2msl", "persist" or "user"; it is ${show(timer)}.`;
  if (name === 'none') return { trace, told: {} };
  // USER TIMEOUT ends a connection as ABORT does (§3.10.8), only that the RST which many stacks send then is their own idea.
  if (name === 'user') return takeCall(trace, { app: 'abort' });
  const { end, otherwise } = trace;
  const after = { end: afterTimer(end, name), otherwise: otherwise && afterTimer(otherwise, name) };
  return { trace: { ...trace, ...after }, told: {} };
}

/** The steps say that it ran out. If by our reckoning it was not running, theirs counts. */
function afterTimer(end: End, name: TimerName): End {
  const timers = { ...end.timers, [name]: end.timers[name] ?? { epoch: 0, backoff: 0 } };
  if (name === 'persist') return expire(end, name);
  return expire({ ...end, timers }, name === 'rto' ? 'rto' : 'time-wait');
}

function takeIn(trace: Trace, step: Json): Taken | string {
  const read = new Reader();
  const told = read.segment(step, 'the step', true, UNKNOWN_WND);
  if (read.problem !== null) return read.problem;
  const shift = told.flags & SYN ? (shiftOf(step) ?? trace.peerShift) : trace.peerShift;
  const seg = { ...told, wnd: peerWindow(told, shift) };
  const { end } = trace;
  const guessListen =
    !trace.told && end.state === 'CLOSED' && end.opened === null && (seg.flags & (SYN | ACK | RST)) === SYN;
  const listening = guessListen ? call(end, { call: 'listen' }) : null;
  const before = listening?.ok ? listening.value : end;
  const after = arrive(before, seg);
  const otherwise = guessListen ? arrive(end, seg) : otherWayOf(end, after, seg);
  const backToListen = end.state !== 'LISTEN' && after.state === 'LISTEN';
  return {
    trace: {
      ...trace,
      end: after,
      issKnown: trace.issKnown && !backToListen,
      otherwise: trace.otherwise ? arrive(trace.otherwise, seg) : otherwise,
      peerShift: shift,
      unansweredNxts: withNxt(trace.unansweredNxts, after),
      burst: withArrival(trace.burst, before, seg),
    },
    told: {},
  };
}

/**
 * What some stacks make of an arrival: they let a RST in TIME-WAIT pass (RFC 1337 §3, F1), drop the FIN of a SYN or its data, or
 * take a FIN though their window is shut. RFC 9293 has it as in `after`; what is sent then shows which way it was.
 */
function otherWayOf(end: End, after: End, seg: Segment): End | null {
  const { nxt, wnd } = end.tcb.rcv;
  if (end.state === 'TIME-WAIT' && after.newest?.outcome === 'reset') return end;
  if (after.state === 'SYN-RECEIVED' && after.held !== end.held) {
    return { ...after, held: seg.flags & FIN ? after.held.map((range) => ({ ...range, fin: false })) : [] };
  }
  const bareFin = seg.flags & FIN && seg.dataOctets === 0 && seg.seq === nxt;
  return bareFin && wnd === 0 ? arrive(withRcvWnd(end, 1), seg) : null;
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
 * What the peer's window may be at most. A window in a SYN is as it stands; any other may be scaled by up to 14 bits
 * (RFC 7323 §2.3), and unless the steps told by how much, nobody is blamed for filling it. A shut one is shut at any scale.
 */
function peerWindow(seg: Segment, shift: number | null): number {
  if (seg.wnd === 0 || seg.wnd >= UNKNOWN_WND || seg.flags & SYN) return seg.wnd;
  return Math.min(seg.wnd * 2 ** (shift ?? 14), UNKNOWN_WND);
}

function takeOut(trace: Trace, step: Json): Taken | string {
  const read = new Reader();
  const seg = read.segment(step, 'the step', false, UNKNOWN_WND);
  if (read.problem !== null) return read.problem;
  const numbered = withIss(trace, seg);
  const { otherwise } = numbered;
  const first = judgeStep(numbered, seg);
  const second = otherwise && judgeStep({ ...numbered, end: otherwise }, seg);
  const [chosen, rest] = betterFirst(first, second);
  const { verdict } = chosen;
  const after = ({ end }: Judged): End => (isSane(seg) ? withOwnWindow(sent(end, seg), trace, seg) : end);
  const reopened = verdict.why === 'reopen';
  const earlier = knownEarlier(numbered, seg);
  const told = {
    ...numbered,
    end: after(chosen),
    otherwise: rest && after(rest),
    issKnown: numbered.issKnown || reopened,
    unansweredNxts: stillUnanswered(trace, seg),
    burst: earlier ?? { end: after(chosen), waiting: [], answering: true },
  };
  if (verdict.verdict === 'wrong' && earlier) {
    const end = earlier.waiting.reduce(arrive, earlier.end);
    return { trace: { ...told, end, otherwise: null }, told: { verdict: 'legal' } };
  }
  if (verdict.verdict === 'wrong' && isEarlierAck(trace, seg))
    return { trace: told, told: { verdict: 'legal' } };
  const faults = verdict.faults.map(toldFault);
  return { trace: told, told: { verdict: verdict.verdict, ...(faults.length > 0 && { faults }) } };
}

/**
 * The ACK of an earlier one of several arrivals. Steps are often noted in bursts, first what came, then what went, and an
 * ACK that left before the next arrival is no slip: an end is held to what it knew when it sent.
 */
function isEarlierAck({ end, unansweredNxts }: Trace, seg: Segment): boolean {
  const { rcv } = end.tcb;
  if (rcv.nxt === null || seg.dataOctets > 0 || !unansweredNxts.includes(seg.ack)) return false;
  return judge(end, { ...seg, ack: rcv.nxt }, { app: 'scripted' }).verdict !== 'wrong';
}

/**
 * The burst after this was sent in the middle of it; null: it is not right by an earlier moment of it. What nothing calls for at all, nobody
 * sends between two arrivals.
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

/** Our SYN names our ISS, unless it was given. */
function withIss(trace: Trace, seg: Segment): Trace {
  if (trace.issKnown || !(seg.flags & SYN) || seg.flags & RST || !isSane(seg)) return trace;
  const { end, otherwise } = trace;
  const iss = seg.seq;
  return {
    ...trace,
    end: chooseIss(end, iss),
    otherwise: otherwise && chooseIss(otherwise, iss),
    issKnown: true,
  };
}

function isSane(seg: Segment): boolean {
  return seg.seq >>> 0 === seg.seq && (!(seg.flags & ACK) || seg.ack >>> 0 === seg.ack);
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
  const early = withFastOpen(end, seg);
  const calls = inferCalls(early, seg);
  const silentAbout = (userCall: UserCall): boolean => {
    if (userCall.call === 'write') return !tells.write;
    return userCall.call === 'close' ? !tells.close : true;
  };
  if (!calls.every(silentAbout)) return scripted;
  const verdict = judge(end, seg, { app: 'free' });
  if (verdict.verdict === 'wrong') return scripted;
  let called = early;
  for (const userCall of calls) {
    const next = call(called, userCall);
    if (next.ok) called = next.value;
  }
  return { verdict, end: called };
}

/** An end that announces a shut window takes nothing until it announces another; one that stopped reading is counted for already. */
function withOwnWindow(end: End, trace: Trace, seg: Segment): End {
  if (seg.wnd === UNKNOWN_WND || seg.flags & RST || (seg.wnd > 0 && !end.reads)) return end;
  const wnd = seg.wnd === 0 ? 0 : trace.rcvWnd;
  return end.tcb.rcv.wnd === wnd ? end : withRcvWnd(end, wnd);
}

function withRcvWnd(end: End, wnd: number): End {
  return { ...end, tcb: { ...end.tcb, rcv: { ...end.tcb.rcv, wnd } } };
}
