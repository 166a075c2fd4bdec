import { call } from '../../../shared/tcp/call.ts';
import type { UserCall } from '../../../shared/tcp/call.ts';
import { callNamed, octetsOf, timerNamed } from '../step-words.ts';
import type { End, TimerName } from '../../../shared/tcp/end.ts';
import { expire } from '../../../shared/tcp/expire.ts';
import { RST } from '../../../shared/tcp/segment.ts';
import { sent } from '../../../shared/tcp/sent.ts';
import { show } from '../reader.ts';
import type { Json } from '../reader.ts';
import { withoutConnection } from './traced.ts';
import type { Trace, Taken } from './traced.ts';

/** The application calls. */
export function takeCall(trace: Trace, step: Json): Taken | string {
  const known = trace.isTold ? trace : { ...trace, isTold: true };
  const which = callNamed(step);
  if (which === 'none') return { trace: known, answer: {} };
  if (which === null) {
    return `app must be one of connect, listen, write, close, abort, stop-reading and start-reading; it is ${show(step['app'])}.`;
  }
  if (which === 'write') return takeWrite(known, step);
  const opens = which === 'connect' || which === 'listen';
  // A new connection on the same pair of sockets: the old TCB has served.
  const isOver = known.end.state === 'TIME-WAIT' || known.end.abortCalled;
  const base = opens && isOver ? withoutConnection(known.end) : known.end;
  const called = call(base, { call: which });
  const tells = which === 'close' && called.ok ? { ...known.tells, close: true } : known.tells;
  // A connection after another has a number of its own; an OPEN that is refused leaves the one that is there.
  const isAnother = opens && called.ok && known.end.tcb.snd.nxt !== known.end.tcb.iss;
  return {
    trace: {
      ...known,
      end: called.ok ? called.value : known.end,
      issKnown: known.issKnown && !isAnother,
      tells,
      otherwise: opens && called.ok ? null : afterCall(known.otherwise, { call: which }),
    },
    answer: called.ok ? {} : { refused: called.error.code },
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
  const inPart = amount === null || trace.tells.write === 'in part';
  const tells = { ...trace.tells, write: inPart ? ('in part' as const) : true };
  if (amount === null || amount === 0) return { trace: { ...trace, tells }, answer: {} };
  const written: UserCall = { call: 'write', octets: amount };
  const called = call(trace.end, written);
  const otherwise = afterCall(trace.otherwise, written);
  // A write that opens (RFC 7413 §4.1, and SEND in LISTEN) is told by its SYN.
  return called.ok
    ? { trace: { ...trace, end: called.value, otherwise, tells }, answer: {} }
    : { trace, answer: { refused: called.error.code } };
}

/** A timer runs out. */
export function takeTimer(trace: Trace, timer: unknown): Taken | string {
  const name = timerNamed(timer);
  if (name === null) return `timer must be "rto", "2msl", "persist" or "user"; it is ${show(timer)}.`;
  if (name === 'none') return { trace, answer: {} };
  if (name === 'user') return takeUserTimeout(trace);
  const { end, otherwise } = trace;
  const after = { end: afterTimer(end, name), otherwise: otherwise && afterTimer(otherwise, name) };
  return { trace: { ...trace, ...after }, answer: {} };
}

/**
 * USER TIMEOUT ends a connection as ABORT does (§3.10.8), only that the RST which many stacks send then is their
 * own idea: without it, what comes next comes to nobody.
 */
function takeUserTimeout(trace: Trace): Taken | string {
  const taken = takeCall(trace, { app: 'abort' });
  if (typeof taken === 'string') return taken;
  const { end } = taken.trace;
  if (!end.abortCalled) return taken;
  const reset = { flags: RST, seq: end.tcb.snd.nxt, ack: 0, wnd: 0, dataOctets: 0 };
  return { ...taken, trace: { ...taken.trace, otherwise: sent(end, reset) } };
}

/**
 * The steps say that it ran out. If by our reckoning it was not running, theirs counts, unless there is nothing
 * that it could have been running for.
 */
function afterTimer(end: End, name: TimerName): End {
  if (name === 'rto' && end.unacked.length === 0) return end;
  if (name === 'time-wait' && end.state !== 'TIME-WAIT') return end;
  const timers = { ...end.timers, [name]: end.timers[name] ?? { epoch: 0, backoff: 0 } };
  return expire(name === 'persist' ? end : { ...end, timers }, name);
}
