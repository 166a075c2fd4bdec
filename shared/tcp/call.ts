import { ok, refuse, unreachable } from '../result.ts';
import type { Result } from '../result.ts';
import { draftOf, forget, open, owes, resetNumbers, settle, toClosed } from './draft.ts';
import type { Draft } from './draft.ts';
import { UNKNOWN_WND } from './end.ts';
import type { End } from './end.ts';
import { seqAdd } from './seq.ts';
import { textOctets } from './text.ts';

/** What an application asks of its TCP (RFC 9293 §3.9.1). */
export type UserCall =
  | { readonly call: 'connect' }
  | { readonly call: 'listen' }
  /** `text` counts only if it is as long as `octets` says (in UTF-8). */
  | { readonly call: 'write'; readonly octets: number; readonly text?: string }
  | { readonly call: 'close' }
  | { readonly call: 'abort' }
  /** The application leaves what arrives in the buffer: the receive window shrinks. */
  | { readonly call: 'stop-reading' }
  /** It takes everything at once and goes on reading. */
  | { readonly call: 'start-reading' };

export interface CallRefusal {
  readonly code:
    /** CLOSED, or the connection is being aborted. */
    | 'call/no-connection'
    | 'call/already-open'
    /** CLOSE was called before. */
    | 'call/closing'
    /** Write on a listening socket. */
    | 'call/not-connected'
    /** Not a whole number of octets, or fewer than one. */
    | 'call/bad-length';
}

/** An application call (§3.10.1–3.10.5). It opens a cause, and may change the state; it sends nothing. */
export function call(end: End, userCall: UserCall): Result<End, CallRefusal> {
  const d = draftOf(end);
  const refusal = apply(d, userCall);
  return refusal ? refuse({ code: refusal }) : ok(settle(d));
}

function apply(d: Draft, userCall: UserCall): CallRefusal['code'] | null {
  switch (userCall.call) {
    case 'connect':
      return connect(d);
    case 'listen':
      return listen(d);
    case 'write':
      return write(d, userCall.octets, userCall.text);
    case 'close':
      return close(d);
    case 'abort':
      return abort(d);
    case 'stop-reading':
      d.reads = false;
      return null;
    case 'start-reading':
      return startReading(d);
    default:
      return unreachable(userCall);
  }
}

/** Whether `connect` was called and its SYN has not gone out. */
function connecting(d: Draft): boolean {
  return owes(d, 'syn');
}

/** OPEN, active (§3.10.1). The state changes when the SYN goes out. */
function connect(d: Draft): CallRefusal['code'] | null {
  if ((d.state !== 'CLOSED' && d.state !== 'LISTEN') || connecting(d)) return 'call/already-open';
  if (d.state === 'CLOSED') afresh(d);
  d.opened = 'active';
  open(d, d.nextId++, 'call', 'syn', 'syn');
  return null;
}

/** OPEN, passive (§3.10.1). */
function listen(d: Draft): CallRefusal['code'] | null {
  if (d.state !== 'CLOSED' || connecting(d)) return 'call/already-open';
  afresh(d);
  d.state = 'LISTEN';
  d.opened = 'passive';
  d.nextId++;
  return null;
}

/** A new TCB. What strayed in before is left to come again: a RST now could hit the new connection. */
function afresh(d: Draft): void {
  forget(d);
  resetNumbers(d, d.tcb.iss, UNKNOWN_WND);
}

/** SEND (§3.10.2). */
function write(d: Draft, octets: number, text: string | undefined): CallRefusal['code'] | null {
  if (!Number.isInteger(octets) || octets < 1 || octets > UNKNOWN_WND) return 'call/bad-length';
  if (d.abortCalled || (d.state === 'CLOSED' && !connecting(d))) return 'call/no-connection';
  if (d.state === 'LISTEN' && !connecting(d)) return 'call/not-connected';
  if (d.closeCalled) return 'call/closing';
  const synUnsent = d.tcb.snd.nxt === d.tcb.iss ? 1 : 0;
  const known = text !== undefined && textOctets(text) === octets ? text : null;
  d.queuedText =
    d.queued === 0 ? known : d.queuedText !== null && known !== null ? d.queuedText + known : null;
  d.queued += octets;
  openWrite(d, d.nextId++, seqAdd(d.tcb.snd.nxt, synUnsent + d.queued));
  return null;
}

/**
 * So many writes wait, each with a cause of its own; beyond that, the last of them waits for the rest as
 * well.
 */
const MOST_WRITES = 64;

function openWrite(d: Draft, id: number, upTo: number): void {
  const writes = d.causes.filter((cause) => cause.need === 'data');
  const last = writes.at(-1);
  if (!last || writes.length < MOST_WRITES) open(d, id, 'call', 'data', 'data', { upTo });
  else d.causes = d.causes.map((cause) => (cause === last ? { ...last, upTo } : cause));
}

/** CLOSE (§3.10.4): "in any case, enter FIN-WAIT-1", whether data still delays the FIN or not. */
function close(d: Draft): CallRefusal['code'] | null {
  if (d.abortCalled || (d.state === 'CLOSED' && !connecting(d))) return 'call/no-connection';
  if (d.closeCalled) return 'call/closing';
  switch (d.state) {
    case 'CLOSED':
    case 'LISTEN':
    case 'SYN-SENT':
      d.nextId++;
      toClosed(d);
      return null;
    case 'SYN-RECEIVED':
      // With data to send, or before our SYN,ACK is out, it is queued until the handshake is complete.
      if (d.queued === 0 && !owes(d, 'syn-ack')) d.state = 'FIN-WAIT-1';
      break;
    case 'ESTABLISHED':
      d.state = 'FIN-WAIT-1';
      break;
    case 'CLOSE-WAIT':
      d.state = 'LAST-ACK';
      break;
    default:
      return 'call/closing';
  }
  d.closeCalled = true;
  open(d, d.nextId++, 'call', 'fin', 'fin');
  return null;
}

/** ABORT (§3.10.5): everything queued is flushed. The state changes when the RST goes out. */
function abort(d: Draft): CallRefusal['code'] | null {
  if (d.abortCalled || (d.state === 'CLOSED' && !connecting(d))) return 'call/no-connection';
  const id = d.nextId++;
  const finOut = d.finSeq !== null && d.state !== 'FIN-WAIT-1' && d.state !== 'FIN-WAIT-2';
  if (d.state === 'CLOSED' || d.state === 'LISTEN' || d.state === 'SYN-SENT' || finOut) {
    toClosed(d);
    return null;
  }
  const { unread } = d;
  forget(d);
  d.tcb.rcv.wnd -= unread;
  d.unread = unread;
  d.abortCalled = true;
  open(d, id, 'call', 'abort', 'rst-abort');
  return null;
}

/**
 * RECEIVE, in effect (§3.10.3): what waits is taken. A window that was shut must be announced open
 * (§3.8.6.2.2).
 */
function startReading(d: Draft): CallRefusal['code'] | null {
  const wasShut = d.tcb.rcv.wnd === 0;
  d.reads = true;
  d.tcb.rcv.wnd += d.unread;
  d.unread = 0;
  const id = d.nextId++;
  const listens = d.state === 'ESTABLISHED' || d.state === 'FIN-WAIT-1' || d.state === 'FIN-WAIT-2';
  if (wasShut && d.tcb.rcv.wnd > 0 && listens) open(d, id, 'call', 'ack', 'window-update');
  return null;
}
