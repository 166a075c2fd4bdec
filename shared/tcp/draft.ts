import type { Cause, Need, Why } from './cause.ts';
import type { End, Timer, Timers } from './end.ts';
import { seqDiff } from './seq.ts';
import type { Segment } from './segment.ts';
import type { State } from './state.ts';
import type { Tcb } from './tcb.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * An end under change. The functions of this folder copy an end, change the copy step by step as the RFC's
 * text does, and give it out as an {@link End}; nobody else ever sees it half done. Lists are replaced, never
 * changed.
 */
export interface Draft extends Writable<Omit<End, 'tcb' | 'timers'>> {
  tcb: {
    iss: number;
    irs: number | null;
    snd: Writable<Tcb['snd']>;
    rcv: Writable<Tcb['rcv']>;
  };
  timers: Writable<Timers>;
}

/** Field by field: a spread costs ten times as much on Node 20, and every move of the machine begins here. */
export function draftOf(end: End): Draft {
  const { snd, rcv } = end.tcb;
  return {
    state: end.state,
    opened: end.opened,
    backlog: end.backlog,
    cookieFor: end.cookieFor,
    tcb: {
      iss: end.tcb.iss,
      irs: end.tcb.irs,
      snd: { una: snd.una, nxt: snd.nxt, wnd: snd.wnd, wl1: snd.wl1, wl2: snd.wl2 },
      rcv: { nxt: rcv.nxt, wnd: rcv.wnd },
    },
    mss: end.mss,
    queued: end.queued,
    queuedText: end.queuedText,
    closeCalled: end.closeCalled,
    abortCalled: end.abortCalled,
    fastOpen: end.fastOpen,
    reads: end.reads,
    unread: end.unread,
    finSeq: end.finSeq,
    unacked: end.unacked,
    held: end.held,
    causes: end.causes,
    newest: end.newest,
    lastSent: end.lastSent,
    timers: { rto: end.timers.rto, 'time-wait': end.timers['time-wait'], persist: end.timers.persist },
    rtoBackoff: end.rtoBackoff,
    persistBackoff: end.persistBackoff,
    nextId: end.nextId,
    nextEpoch: end.nextEpoch,
    closedFrom: end.closedFrom,
    reopened: end.reopened,
  };
}

export interface CauseOptions {
  readonly seg?: Segment;
  readonly upTo?: number;
  readonly optional?: boolean;
}

/** Opens a cause with the given id. */
export function open(
  d: Draft,
  id: number,
  kind: Cause['kind'],
  need: Need,
  why: Why,
  options: CauseOptions = {},
): void {
  const cause: Writable<Cause> = { id, kind, need, why };
  if (options.seg) cause.seg = options.seg;
  if (options.upTo !== undefined) cause.upTo = options.upTo;
  if (options.optional) cause.optional = true;
  d.causes = [...d.causes, cause];
}

/**
 * So many arrivals that each call for a RST of their own wait for it; beyond that the oldest go unanswered.
 */
const MOST_STRAYS = 256;

/**
 * Opens the cause of an arrival. One ACK answers all that arrived before it: where one is owed already, the
 * cause stays that of the first arrival, with the newest reason and segment, so that a silent end's causes do
 * not pile up.
 */
export function openArrival(
  d: Draft,
  id: number,
  seg: Segment,
  owed: { readonly need: Need; readonly why: Why; readonly optional: boolean },
): void {
  const { need, why, optional } = owed;
  if (need === 'rst') {
    open(d, id, 'arrival', need, why, { seg });
    dropOldestStray(d);
    return;
  }
  const same = (cause: Cause): boolean => cause.kind === 'arrival' && cause.need === need;
  const earlier = d.causes.find(same);
  if (!earlier) {
    open(d, id, 'arrival', need, why, { seg, optional });
    return;
  }
  const merged: Writable<Cause> = { id: earlier.id, kind: 'arrival', need, why, seg };
  if (optional && earlier.optional) merged.optional = true;
  d.causes = d.causes.map((cause) => (cause === earlier ? merged : cause));
}

function dropOldestStray(d: Draft): void {
  const strays = d.causes.filter((cause) => cause.need === 'rst');
  if (strays.length > MOST_STRAYS) d.causes = d.causes.filter((cause) => cause !== strays[0]);
}

/** Closes every open cause of which `answered` holds. */
export function closeCauses(d: Draft, answered: (cause: Cause) => boolean): void {
  if (d.causes.some(answered)) d.causes = d.causes.filter((cause) => !answered(cause));
}

/** Whether something is still to be sent that a cause of this kind asks for. */
export function owes(end: Pick<End, 'causes'>, need: Need): boolean {
  for (const cause of end.causes) if (cause.need === need) return true;
  return false;
}

/** A timer that starts now, distinguishable from every earlier one of this end. */
export function start(d: Draft, backoff: number): Timer {
  return { epoch: d.nextEpoch++, backoff };
}

/**
 * The connection is gone (§3.3.2: CLOSED "represents the state when there is no TCB"). Its numbers stay
 * readable.
 */
export function toClosed(d: Draft): void {
  d.closedFrom = d.state === 'CLOSED' ? d.closedFrom : d.state;
  d.state = 'CLOSED';
  d.opened = null;
  forget(d);
}

/** Everything that a connection leaves behind, except its numbers. */
export function forget(d: Draft): void {
  d.tcb.rcv.wnd += d.unread;
  d.unread = 0;
  d.queued = 0;
  d.queuedText = null;
  d.closeCalled = false;
  d.abortCalled = false;
  d.fastOpen = false;
  d.unacked = [];
  d.held = [];
  d.causes = [];
  d.timers = { rto: null, 'time-wait': null, persist: null };
  d.rtoBackoff = 0;
  d.persistBackoff = 0;
  d.reopened = null;
}

/** As before anything was sent or received, with our ISS at hand. */
export function resetNumbers(d: Draft, iss: number, wnd: number): void {
  d.tcb.iss = iss;
  d.tcb.irs = null;
  d.tcb.snd = { una: iss, nxt: iss, wnd, wl1: 0, wl2: 0 };
  d.tcb.rcv.nxt = null;
  d.finSeq = null;
  d.cookieFor = null;
}

const DATA_STATES: ReadonlySet<State> = new Set<State>(['ESTABLISHED', 'CLOSE-WAIT']);
const CLOSING_STATES: ReadonlySet<State> = new Set<State>(['FIN-WAIT-1', 'CLOSING', 'LAST-ACK']);

/**
 * Whether octets that have never been sent may go out (§3.10.2). RFC 9293 enters FIN-WAIT-1 or LAST-ACK at
 * CLOSE, while data may still delay the FIN; until the FIN is out these states send as the earlier ones do.
 */
export function maySendData(end: Pick<End, 'state' | 'closeCalled' | 'finSeq' | 'fastOpen'>): boolean {
  if (end.finSeq !== null) return false;
  if (end.fastOpen) return true;
  return DATA_STATES.has(end.state) || (end.closeCalled && CLOSING_STATES.has(end.state));
}

/**
 * How many octets past SND.NXT the peer's window has room for (§3.8.6.2.1's usable window), never negative.
 */
export function usableWindow(end: Pick<End, 'tcb'>): number {
  const { una, nxt, wnd } = end.tcb.snd;
  return Math.max(0, wnd - seqDiff(nxt, una));
}

/**
 * Brings the timers in line with what the end has become: 2MSL runs from the ACK of the peer's FIN on
 * (§3.10.7.4 eighth), persist while a shut window keeps data in (§3.8.6.1). The retransmission timer is
 * started where something goes out, and stopped where it is acknowledged; after ABORT it does not run.
 */
export function settle(d: Draft): End {
  const { snd } = d.tcb;
  if (d.abortCalled) d.timers.rto = null;

  if (d.state === 'TIME-WAIT') {
    const owed = d.causes.some((c) => c.why === 'ack-fin' || c.why === 'time-wait-ack');
    if (owed) d.timers['time-wait'] = null;
    else d.timers['time-wait'] ??= start(d, 0);
  }

  const stuck =
    d.queued > 0 && snd.una === snd.nxt && maySendData(d) && usableWindow(d) === 0 && !owes(d, 'probe');
  if (stuck) {
    d.timers.persist ??= start(d, d.persistBackoff);
  } else {
    d.timers.persist = null;
    if (usableWindow(d) > 0) d.persistBackoff = 0;
  }
  return d;
}
