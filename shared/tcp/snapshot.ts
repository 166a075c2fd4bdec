import { arrive } from './arrive.ts';
import { inWindow } from './in-window.ts';
import type { Cause } from './cause.ts';
import { draftOf, maySendData, open, owes, start } from './draft.ts';
import type { Draft } from './draft.ts';
import { UNKNOWN_WND, newEnd } from './end.ts';
import type { End, SentRange } from './end.ts';
import { ACK, FIN, RST, SYN, segEnd } from './segment.ts';
import type { Segment } from './segment.ts';
import { seqAdd, seqDiff } from './seq.ts';
import type { State } from './state.ts';
import { rangeOf } from './unacked.ts';

/** One end as somebody else describes it: what it is, not how it came to be so. Null means not yet known. */
export interface Snapshot {
  readonly state: State;
  readonly opened: 'active' | 'passive' | null;
  readonly iss: number | null;
  readonly irs: number | null;
  readonly sndUna: number | null;
  readonly sndNxt: number | null;
  readonly rcvNxt: number | null;
  readonly sndWnd: number | null;
  readonly rcvWnd: number | null;
  /**
   * Arrivals, newest last; the state is the one after all of them. The newest is taken as not yet answered.
   */
  readonly received: readonly Segment[];
  /**
   * The retransmission queue, oldest first. What it tells is whether our FIN is out; the rest follows from
   * the numbers.
   */
  readonly unacked: readonly {
    /** Null: not told. */
    readonly flags: number | null;
    readonly seq: number | null;
    readonly dataOctets: number | null;
  }[];
  readonly app: {
    /** An OPEN whose SYN is still to go out. */
    readonly open: 'active' | 'passive' | null;
    /** Octets given and not yet sent. */
    readonly queued: number;
    readonly closed: boolean;
    readonly abort: boolean;
    readonly reads: boolean;
  };
}

/** Rebuilds an end from its description, with the causes that are open at this moment. */
export function endOf(told: Snapshot): End {
  const snapshot = isDeleted(told) ? withoutTcb(told) : told;
  const d = draftOf(newEnd({ iss: snapshot.iss ?? 0, rcvWnd: snapshot.rcvWnd ?? 65535, mss: 1460 }));
  d.state = snapshot.state;
  d.opened = snapshot.opened ?? snapshot.app.open;
  if (d.state === 'LISTEN') d.opened = snapshot.app.open ?? 'passive';
  setNumbers(d, snapshot);
  if (snapshot.state === 'SYN-RECEIVED' && d.opened === null) {
    d.opened = snapshot.unacked.some(isPlainSyn) ? 'active' : 'passive';
  }
  d.reads = snapshot.app.reads;
  setClose(d, snapshot);
  setUnacked(d, snapshot);
  setLastSent(d, snapshot);
  addCalls(d, snapshot);
  return withArrivals(d, snapshot);
}

/** The queue of who opened by a connect begins with a SYN, that of a listener with a SYN,ACK. */
function isPlainSyn({ flags }: Snapshot['unacked'][number]): boolean {
  return flags !== null && (flags & (SYN | ACK)) === SYN;
}

/**
 * CLOSE or ABORT that deletes the TCB and sends nothing (§3.10.4, 3.10.5), told as the state in which it was
 * called: in LISTEN and SYN-SENT, and ABORT once our FIN is out and so is the peer's.
 */
function isDeleted({ state, app, sndUna, sndNxt, unacked }: Snapshot): boolean {
  if (state === 'LISTEN') return app.abort || (app.closed && app.open !== 'active');
  if (state === 'SYN-SENT') return app.abort || app.closed;
  if (!app.abort) return false;
  const outstanding = sndUna === null || sndNxt === null ? 0 : seqDiff(sndNxt, sndUna);
  const closing = state === 'CLOSING' || state === 'LAST-ACK';
  return state === 'TIME-WAIT' || (closing && outstanding > 0 && finInQueue(unacked, outstanding) !== false);
}

/** Only what came to a listener, or in answer to our SYN, can have come afterwards: it is a stray. */
function withoutTcb(told: Snapshot): Snapshot {
  const late = told.state === 'LISTEN' || told.state === 'SYN-SENT';
  return {
    ...told,
    state: 'CLOSED',
    received: late ? told.received : [],
    unacked: [],
    app: { ...told.app, open: null, queued: 0 },
  };
}

function setNumbers(d: Draft, snapshot: Snapshot): void {
  const { tcb } = d;
  const known = snapshot.sndNxt !== null && d.state !== 'LISTEN';
  tcb.irs = snapshot.irs;
  tcb.rcv.nxt = snapshot.rcvNxt;
  tcb.snd.nxt = snapshot.sndNxt ?? (d.state === 'SYN-SENT' ? seqAdd(tcb.iss, 1) : tcb.iss);
  tcb.snd.una = snapshot.sndUna ?? tcb.iss;
  if (!known && d.state !== 'SYN-SENT') tcb.snd.una = tcb.snd.nxt;
  tcb.snd.wnd = snapshot.sndWnd ?? UNKNOWN_WND;
  tcb.snd.wl1 = tcb.irs ?? 0;
  tcb.snd.wl2 = tcb.snd.una;
}

const FIN_ACKED: ReadonlySet<State> = new Set<State>(['FIN-WAIT-2', 'TIME-WAIT']);
const FIN_SENT_MAYBE: ReadonlySet<State> = new Set<State>(['FIN-WAIT-1', 'CLOSING', 'LAST-ACK']);

/**
 * CLOSE was called if somebody says so, or if the state could not have been reached otherwise. Whether the
 * FIN is out shows in the numbers.
 */
function setClose(d: Draft, { app, unacked }: Snapshot): void {
  const { una, nxt } = d.tcb.snd;
  if (FIN_ACKED.has(d.state)) {
    d.closeCalled = true;
    d.finSeq = seqAdd(nxt, -1);
    return;
  }
  if (d.state === 'CLOSED' || d.state === 'LISTEN' || d.state === 'SYN-SENT') return;
  const maybe = FIN_SENT_MAYBE.has(d.state);
  d.closeCalled = app.closed || maybe;
  if (una === nxt) return;
  const finOut = finInQueue(unacked, seqDiff(nxt, una)) ?? (maybe && app.queued === 0);
  if (finOut) d.finSeq = seqAdd(nxt, -1);
}

/**
 * By its flag; where flags are not told, by the number that no octet accounts for. Null if neither is known:
 * a single number told as a length of one may be an octet or the FIN itself.
 */
function finInQueue(unacked: Snapshot['unacked'], outstanding: number): boolean | null {
  if (unacked.some((range) => range.flags !== null)) return unacked.some(({ flags }) => (flags ?? 0) & FIN);
  const octets = unacked.reduce((sum, range) => sum + (range.dataOctets ?? NaN), 0);
  if (unacked.length === 0 || Number.isNaN(octets)) return null;
  return octets === 1 && outstanding === 1 ? null : octets < outstanding;
}

/** [SND.UNA, SND.NXT) as a retransmission queue, in the pieces that were told. */
function setUnacked(d: Draft, { unacked }: Snapshot): void {
  const { snd, iss } = d.tcb;
  if (d.state === 'CLOSED' || d.state === 'LISTEN' || snd.una === snd.nxt) return;
  const found: SentRange[] = [];
  let from = snd.una;
  if (from === iss && d.state !== 'ESTABLISHED') {
    found.push(rangeOf(iss, SYN, 0, null));
    from = seqAdd(iss, 1);
  }
  for (const until of [...cutsOf(unacked, from, d.finSeq ?? snd.nxt), d.finSeq ?? snd.nxt]) {
    const octets = seqDiff(until, from);
    if (octets > 0) found.push(rangeOf(from, 0, octets, null));
    from = until;
  }
  if (d.finSeq !== null) found.push(rangeOf(d.finSeq, FIN, 0, null));
  d.unacked = found;
  d.timers.rto = start(d, 0);
}

/** Where the pieces that lie between two numbers begin, in their order. */
function cutsOf(unacked: Snapshot['unacked'], from: number, until: number): number[] {
  const begins = unacked.map(({ seq }) => seq ?? from);
  const inside = begins.filter((seq) => seqDiff(seq, from) > 0 && seqDiff(until, seq) > 0);
  return inside.sort((a, b) => seqDiff(a, b));
}

/** The newest of what is outstanding was sent last, as far as anybody can tell. */
function setLastSent(d: Draft, { unacked }: Snapshot): void {
  const last = unacked.at(-1);
  if (!last || last.seq === null || last.dataOctets === null) return;
  const ack = d.tcb.rcv.nxt ?? 0;
  d.lastSent = {
    seq: last.seq,
    ack,
    flags: last.flags ?? 0,
    wnd: d.tcb.rcv.wnd,
    dataOctets: last.dataOctets,
  };
}

function addCalls(d: Draft, { app }: Snapshot): void {
  const call = (need: Cause['need'], why: Cause['why'], upTo?: number): void => {
    open(d, d.nextId++, 'call', need, why, upTo === undefined ? {} : { upTo });
  };
  if (d.state === 'CLOSED' || d.state === 'LISTEN') {
    if (app.open === 'active' && !app.closed && !app.abort) {
      d.opened = 'active';
      call('syn', 'syn');
    } else if (d.state === 'CLOSED') {
      d.opened = null;
      return;
    }
  }
  const opening = d.state === 'SYN-SENT' || d.state === 'SYN-RECEIVED' || d.opened === 'active';
  if (app.queued > 0 && (opening || maySendData(d))) {
    const synUnsent = d.tcb.snd.nxt === d.tcb.iss && d.tcb.snd.una === d.tcb.iss ? 1 : 0;
    d.queued = app.queued;
    call('data', 'data', seqAdd(d.tcb.snd.nxt, synUnsent + app.queued));
  }
  if (d.closeCalled && d.finSeq === null) call('fin', 'fin');
  if (app.abort) {
    d.abortCalled = true;
    d.causes = [];
    d.queued = 0;
    d.closeCalled = false;
    call('abort', 'rst-abort');
  }
}

/**
 * What arrived, put once more to the end as it is now: everything in order is old news by now and calls for
 * the ACK that it called for then. Only the causes and what is held past a gap are kept from this; the
 * numbers stay as given.
 */
function withArrivals(described: End, snapshot: Snapshot): End {
  const { received } = snapshot;
  const newest = received.at(-1);
  if (!newest) return withSynAck(described, received);
  let held: End = described;
  for (const seg of received) if (inWindow(described.tcb, seg)) held = keepHeld(held, seg);
  const d = draftOf(described);
  d.held = held.held;
  d.nextId += received.length - 1;
  const id = d.nextId++;

  if (endedBy(described, newest, snapshot)) {
    d.newest = { id, seg: newest, outcome: 'accepted', delivered: 0, fin: false };
    return d;
  }
  const after = arrive({ ...described, nextId: id }, newest);
  d.newest = after.newest;
  for (const cause of after.causes) if (cause.id === id) d.causes = [...d.causes, cause];
  reclassify(d, id, newest, received);
  // How much of what arrived was left unread is not told; of the newest data it is at least that.
  if (!d.reads) d.unread = received.findLast((seg) => seg.dataOctets > 0)?.dataOctets ?? 0;
  if (d.state === 'TIME-WAIT' && !d.causes.some((c) => c.id === id)) d.timers['time-wait'] = start(d, 0);
  return withSynAck(d, received);
}

/**
 * Whatever came after the SYN, and even if the SYN was not told: as long as its SYN,ACK is not out, that is
 * what is owed.
 */
function withSynAck(end: End, received: readonly Segment[]): End {
  const { snd, iss } = end.tcb;
  if (end.state !== 'SYN-RECEIVED' || snd.nxt !== iss || end.abortCalled || owes(end, 'syn-ack')) return end;
  const d = draftOf(end);
  const seg = received.findLast((r) => (r.flags & (SYN | ACK | RST)) === SYN);
  d.causes = d.causes.filter((cause) => cause.kind !== 'arrival');
  open(d, d.nextId++, 'arrival', 'syn-ack', 'syn-ack', seg ? { seg } : {});
  return d;
}

function keepHeld(end: End, seg: Segment): End {
  const beyond = end.tcb.rcv.nxt !== null && seqDiff(seg.seq, end.tcb.rcv.nxt) > 0;
  if (!beyond || seg.flags & (RST | SYN)) return end;
  return { ...end, held: arrive(end, seg).held };
}

/** CLOSED because this very arrival ended it: the ACK of our FIN, or a RST. Then it is no stray. */
function endedBy(end: End, seg: Segment, { app, opened, irs, rcvNxt }: Snapshot): boolean {
  if (end.state !== 'CLOSED' && end.state !== 'LISTEN') return false;
  if (seg.flags & RST) return true;
  const bareAck = (seg.flags & (ACK | SYN | FIN)) === ACK && seg.dataOctets === 0;
  if (end.state === 'LISTEN' || !bareAck) return false;
  if (irs === null || rcvNxt === null) return app.closed && opened !== null;
  const { snd } = end.tcb;
  return seg.ack === snd.nxt && seg.ack === snd.una && seg.seq === rcvNxt;
}

/** Names the reason as it was when the segment was new. */
function reclassify(d: Draft, id: number, seg: Segment, received: readonly Segment[]): void {
  const { snd, rcv, iss, irs } = d.tcb;
  const synReceived = d.state === 'SYN-RECEIVED' && seg.flags & SYN && seg.seq === irs;
  const rename = (change: Partial<Cause>): void => {
    d.causes = d.causes.map((cause) => (cause.id === id ? { ...cause, ...change } : cause));
  };
  if (synReceived && !(seg.flags & ACK)) {
    const syns = received.filter((r) => (r.flags & (SYN | ACK)) === SYN && r.seq === seg.seq).length;
    const first = snd.nxt === iss || (d.opened === 'active' && syns === 1);
    if (!first) return;
    d.causes = d.causes.filter((cause) => cause.id !== id);
    open(d, id, 'arrival', 'syn-ack', 'syn-ack', { seg });
    return;
  }
  if (rcv.nxt === null || seg.flags & RST) return;
  if (segEnd(seg) !== rcv.nxt) return;
  const again = received.filter((r) => r.seq === seg.seq && r.flags === seg.flags).length > 1;
  if (again) return;
  if (seg.flags & SYN && d.state !== 'SYN-RECEIVED') {
    // The peer's half of a simultaneous open: its SYN came before (§3.5 figure 7).
    const isCrossing = received.some((r) => (r.flags & (SYN | ACK)) === SYN && r.seq === seg.seq);
    rename(isCrossing ? { why: 'simultaneous-ack', optional: true } : { why: 'third-ack' });
  } else if (seg.flags & FIN) rename({ why: 'ack-fin' });
  else if (seg.dataOctets > 0) rename({ why: 'ack' });
}
