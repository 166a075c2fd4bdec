import type { Fate } from '../link/fate.ts';
import { purge, wireAfter } from '../link/wire.ts';
import { unreachable } from '../result.ts';
import type { AppCall, ScriptedFault, Side } from '../scenario/types.ts';
import { arrive as segmentArrives } from '../tcp/arrive.ts';
import { withBacklog } from '../tcp/backlog.ts';
import { call as userCall } from '../tcp/call.ts';
import type { UserCall } from '../tcp/call.ts';
import type { End, Timer as EngineTimer } from '../tcp/end.ts';
import { expect } from '../tcp/expect.ts';
import { expire as timerExpires } from '../tcp/expire.ts';
import { chooseIss } from '../tcp/iss.ts';
import { rtoMs } from '../tcp/rto.ts';
import { SYN, has, segLen } from '../tcp/segment.ts';
import type { Segment } from '../tcp/segment.ts';
import { sent as segmentSent } from '../tcp/sent.ts';
import { seqLt } from '../tcp/seq.ts';
import type { Verdict } from '../tcp/verdict.ts';
import { isPerson } from './bot-skill.ts';
import { append } from './chain.ts';
import { copyOfPlay, copyOfTable, withSide } from './copies.ts';
import { DUPLICATE_GAP_MS, faultsOn } from './fate-of.ts';
import type { Happening } from './happening.ts';
import { issOf } from './iss-of.ts';
import { changedIn, joined, otherThan } from './lists.ts';
import { matches } from './pattern.ts';
import { settleTimers, stretch } from './personal-time.ts';
import { NOTHING_WRITTEN, octetsOf, write } from './stream-text.ts';
import { other } from './table.ts';
import type { Flight, PendingCall, Play, Table, Timer, TimerName, Unjudged } from './table.ts';
import { sees } from './witness.ts';

/*
 * The moves that a table can make, whoever or whatever makes them: an entry of the log, or time. Each takes the virtual instant
 * at which it happens and returns the next table.
 */

/** Keeps a happening, and counts it for every lens that sees it. */
export function record(table: Table, it: Happening): Table {
  const next = copyOfTable(table);
  note(next, it);
  return next;
}

/** The same in a copy that nobody else has seen yet. */
function note(table: ReturnType<typeof copyOfTable>, it: Happening): void {
  const exam = table.scenario.level === 'exam';
  const { client, server, link, referee, full } = table.witnessed;
  table.history = append(table.history, it);
  table.witnessed = {
    client: client + Number(sees(it, 'client', exam)),
    server: server + Number(sees(it, 'server', exam)),
    link: link + Number(sees(it, 'link', exam)),
    referee: referee + Number(sees(it, 'referee', exam)),
    full: full + Number(sees(it, 'full', exam)),
  };
}

export function withPlay(table: Table, side: Side, change: Partial<Play>): Table {
  const next = copyOfTable(table);
  next.play = withSide(table.play, side, Object.assign(copyOfPlay(table.play[side], side), change));
  return next;
}

/** Puts an end's next value in place, with all that follows: the change of state, its timers, what it owes, what was waiting for it. */
export function withEnd(table: Table, side: Side, end: End, ms: number): Table {
  const before = table.ends[side];
  if (end === before) return table;
  const play = table.play[side];
  const dues = expect(end);
  let openCause: number | null = null;
  let owes = false;
  for (const { causes, optional } of dues) {
    if (!optional) owes = true;
    for (const id of causes) if (openCause === null || id < openCause) openCause = id;
  }
  const another = openCause !== play.openCause;
  const timers = timersOf(table, side, end, ms);
  const openSinceMs = dues.length === 0 ? null : (play.openSinceMs ?? ms);
  const owesSinceMs = owes ? (play.owesSinceMs ?? ms) : null;
  const changed = copyOfTable(table);
  changed.ends = withSide(table.ends, side, end);
  // Most arrivals change nothing of this.
  if (
    another ||
    timers !== play.timers ||
    openSinceMs !== play.openSinceMs ||
    owesSinceMs !== play.owesSinceMs
  ) {
    const next = copyOfPlay(play, side);
    next.timers = timers;
    next.openSinceMs = openSinceMs;
    next.owesSinceMs = owesSinceMs;
    next.openCause = openCause;
    if (another) {
      next.attempts = 0;
      next.hinted = [];
      next.nudged = [];
      next.slipped = false;
    }
    changed.play = withSide(table.play, side, next);
  }
  const placed = settleTimers(changed, ms);
  if (end.state === before.state) return placed;
  const moved = copyOfTable(placed);
  moved.movedMs = ms;
  const told = record(moved, { ms, kind: 'state', side, was: before.state, is: end.state });
  return wake(told, ({ when, side: own }) =>
    'state' in when && when.state === end.state && (when.side ?? own) === side
      ? ms + (when.afterMs ?? 0)
      : null,
  );
}

/** An application calls. A call that the state does not allow is made all the same; it gets an error and changes nothing. */
export function callUp(table: Table, side: Side, call: AppCall, ms: number): Table {
  const told = record(table, { ms, kind: 'called', side, call });
  const before = told.ends[side];
  const after = userCall(before, asUserCall(call));
  if (!after.ok) return told;
  const play = told.play[side];
  switch (call.call) {
    case 'write': {
      const written = write(play.written, call.text);
      return withEnd(withPlay(told, side, { written }), side, after.value, ms);
    }
    case 'close':
      return withEnd(withPlay(told, side, { closeCalled: true }), side, after.value, ms);
    case 'abort':
      return withEnd(withPlay(told, side, { abortCalled: true }), side, after.value, ms);
    case 'stop-reading':
    case 'start-reading':
      return withEnd(told, side, after.value, ms);
    case 'connect':
    case 'listen': {
      if (before.closedFrom === null) return withEnd(told, side, after.value, ms);
      // It has been open before: the next connection has a number of its own and an empty stream.
      const connections = play.connections + 1;
      const iss = issOf(told.scenario, told.seed, told.id, side, connections);
      const anew = { connections, written: NOTHING_WRITTEN, closeCalled: false, abortCalled: false };
      return withEnd(withPlay(told, side, anew), side, chooseIss(after.value, iss), ms);
    }
    default:
      return unreachable(call);
  }
}

/** From now on strangers hold so many places of a listener's backlog. */
export function flood(table: Table, side: Side, halfOpen: number, ms: number): Table {
  const { backlog } = table.scenario.ends[side];
  if (!backlog) return table;
  const { slots, cookies = false } = backlog;
  const told = record(table, { ms, kind: 'backlog', side, slots, halfOpen, cookies });
  return withEnd(told, side, withBacklog(told.ends[side], { free: slots - halfOpen, cookies }), ms);
}

function asUserCall(call: AppCall): UserCall {
  return call.call === 'write' ? { call: 'write', octets: octetsOf(call.text), text: call.text } : call;
}

/** The end of a side as it is when it sends this: where the number is free to choose, the first SYN has chosen it. */
export function endToSend(table: Table, side: Side, seg: Segment): End {
  const end = table.ends[side];
  if (table.scenario.ends[side].iss.policy !== 'chosen' || !has(seg, SYN)) return end;
  // A number that was taken over from the peer was not chosen: the judge has a word to say to that.
  const { irs } = end.tcb;
  if (irs !== null && (seg.seq === irs || seg.seq === (irs + 1) >>> 0)) return end;
  return chooseIss(end, seg.seq);
}

/** A side puts a segment on the wire, with a verdict and a fate that stand. */
export function launch(
  table: Table,
  side: Side,
  seg: Segment,
  verdict: Verdict,
  fate: Fate,
  by: 'player' | 'bot' | 'lab',
  ms: number,
  bluff = false,
): Table {
  const id = `${side === 'client' ? 'c' : 's'}${fate.n}`;
  const end = endToSend(table, side, seg);
  const again = segLen(seg) > 0 && end.lastSent !== null && seqLt(seg.seq, end.tcb.snd.nxt);
  const { strike, matched } = faultsOn(table, side, seg);
  const held = strike.length === 0 ? null : heldBy(strike, table.scenario.pace.rtoMs, ms);
  const flights: readonly Flight[] = fate.copies.map(({ arrivesMs, corrupted }, i) => ({
    id: i === 0 ? id : `${id}.${i + 1}`,
    sent: id,
    from: side,
    seg,
    sentMs: ms,
    arrivesMs,
    corrupted,
    held,
  }));

  const flying = copyOfTable(table);
  const sending = { ms, kind: 'sent', side, id, seg, again, verdict, fate, by } as const;
  note(flying, bluff ? { ...sending, bluff } : sending);
  for (const { fault } of strike) {
    if (fault !== 'duplicate' && fault !== 'hold' && fault !== 'reorder') continue;
    // To be overtaken, a segment is held until another one is ahead.
    const touch = fault === 'reorder' ? 'hold' : fault;
    if (flights.length > 0) note(flying, { ms, kind: 'touch', id, from: side, touch, by: 'script' });
  }
  if (fate.lost !== null) note(flying, { ms, kind: 'lost', from: side, id, seg, why: fate.lost });
  flying.matched = matched;
  flying.wires = withSide(table.wires, side, wireAfter(table.wires[side], fate, ms));
  if (flights.length > 0) flying.flights = joined(table.flights, flights);
  let next: Table = flying;
  const [ahead] = flights;
  if (ahead && ahead.held === null) next = overtaken(next, side, ahead.arrivesMs, ms);
  next = answered(next, side, ms);
  if (isPerson(next.seats.referee)) {
    const seen = copyOfTable(next);
    seen.unjudged = joined(next.unjudged, [{ id, side, seg, judge: verdict, arrived: false }]);
    next = seen;
  }
  next = withEnd(next, side, segmentSent(end, seg), ms);
  const play = next.play[side];
  const after = copyOfPlay(play, side);
  after.acts += 1;
  if (bluff) after.bluffs += 1;
  // Whoever has just answered starts to think about what is still open.
  if (play.openSinceMs !== null) after.openSinceMs = ms;
  if (play.owesSinceMs !== null && verdict.verdict === 'due') after.owesSinceMs = ms;
  // Who bluffs knows better.
  if (!bluff || verdict.verdict !== 'wrong') {
    const { attempts, wrong, right } = scored(play, verdict);
    after.attempts = attempts;
    after.wrong = wrong;
    after.right = right;
  }
  const sent = copyOfTable(next);
  sent.play = withSide(next.play, side, after);
  return sent;
}

/** Whether the script's hand takes it off the wire, and until when. */
function heldBy(strike: readonly ScriptedFault[], rtoMs: number, ms: number): Flight['held'] {
  const hold = strike.find(({ fault }) => fault === 'hold');
  if (hold) return { sinceMs: ms, untilMs: hold.ms === undefined ? null : ms + hold.ms };
  const reorder = strike.find(({ fault }) => fault === 'reorder');
  return reorder ? { sinceMs: ms, untilMs: ms + (reorder.ms ?? rtoMs), behind: true } : null;
}

/** What waits to be overtaken in this direction follows on the heels of the first that is ahead of it. */
function overtaken(table: Table, from: Side, aheadMs: number, ms: number): Table {
  let next = table;
  for (const flight of table.flights) {
    if (flight.from !== from || !flight.held?.behind) continue;
    const { id } = flight;
    const free: Flight = { ...flight, arrivesMs: Math.max(flight.arrivesMs, aheadMs + 1), held: null };
    next = record(next, { ms, kind: 'touch', id, from, touch: 'release', by: 'script' });
    next = exchanged(next, flight, free);
  }
  return next;
}

/** A side has answered: what had reached it is history, and the referee learns what it was. */
export function answered(table: Table, side: Side, ms: number): Table {
  const { unjudged } = table;
  const isOpen = (one: Unjudged): boolean => !one.arrived || one.side === side;
  if (unjudged.every(isOpen)) return table;
  const next = copyOfTable(table);
  next.unjudged = unjudged.filter(isOpen);
  for (const one of unjudged) {
    if (!isOpen(one)) note(next, { ms, kind: 'revealed', side: one.side, id: one.id, judge: one.judge });
  }
  return next;
}

/** What one more answer does to the counts. */
export function scored(play: Play, { verdict }: Verdict): Pick<Play, 'attempts' | 'wrong' | 'right'> {
  return {
    attempts: play.attempts + (verdict === 'wrong' ? 1 : 0),
    wrong: play.wrong + (verdict === 'wrong' ? 1 : 0),
    right: play.right + (verdict === 'due' ? 1 : 0),
  };
}

/** A copy reaches the far end. */
export function land(table: Table, flight: Flight, ms: number): Table {
  const { from, seg, sent: id, sentMs } = flight;
  const side = other(from);
  const landed = copyOfTable(table);
  landed.flights = otherThan(table.flights, flight);
  if (flight.corrupted) {
    note(landed, { ms, kind: 'lost', from, id, seg, why: 'corrupt' });
    return landed;
  }
  note(landed, { ms, kind: 'arrived', side, id, seg, sentMs });
  landed.unjudged = changedIn(table.unjudged, (one) =>
    one.id !== id || one.arrived
      ? one
      : { id: one.id, side: one.side, seg: one.seg, judge: one.judge, arrived: true },
  );
  let next: Table = landed;
  if (next.scenario.bluff) next = withPlay(next, side, { arrivals: [...next.play[side].arrivals, id] });
  const before = next.ends[side];
  const end = segmentArrives(before, seg);
  const delivered = end.newest !== before.newest ? (end.newest?.delivered ?? 0) : 0;
  if (delivered > 0) {
    const handed = copyOfTable(withPlay(next, side, { received: next.play[side].received + delivered }));
    handed.movedMs = ms;
    next = handed;
  }
  next = withEnd(next, side, end, ms);
  if (next.calls.length === 0) return next;
  next = seen(next, side, seg);
  const { received } = next.play[side];
  return wake(next, ({ when, side: own }, matched) => {
    if ('arrived' in when) return matched >= (when.nth ?? 1) ? ms + (when.afterMs ?? 0) : null;
    if (!('received' in when) || (when.side ?? own) !== side) return null;
    return received >= when.received ? ms + (when.afterMs ?? 0) : null;
  });
}

/** Counts an arrival for the scripted calls that wait for one of its kind. */
function seen(table: Table, side: Side, seg: Segment): Table {
  const calls = changedIn(table.calls, (pending) => {
    const { when, side: own } = pending.call;
    if (pending.dueMs !== null || !('arrived' in when) || (when.side ?? own) !== side) return pending;
    return matches(when.arrived, seg) ? { ...pending, seen: pending.seen + 1 } : pending;
  });
  return calls === table.calls ? table : { ...table, calls };
}

/** Sets the instant of the scripted calls for which it has come to be known. */
function wake(table: Table, dueMs: (call: PendingCall['call'], seen: number) => number | null): Table {
  const calls = changedIn(table.calls, (pending) => {
    const at = pending.dueMs ?? dueMs(pending.call, pending.seen);
    return at === pending.dueMs ? pending : { ...pending, dueMs: at };
  });
  return calls === table.calls ? table : { ...table, calls };
}

/** A timer of an end runs out. After that there is nothing left to predict. */
export function ring(table: Table, side: Side, timer: TimerName, ms: number): Table {
  const told = record(table, { ms, kind: 'timer', side, timer });
  const next = withEnd(told, side, timerExpires(told.ends[side], timer), ms);
  return next.predict === null ? next : { ...next, predict: null };
}

export const TIMER_NAMES: readonly TimerName[] = ['rto', 'persist', 'time-wait'];

/** The clocks of an end's timers: one that the end has started afresh runs its whole length from now. */
function timersOf(table: Table, side: Side, end: End, ms: number): Play['timers'] {
  const { timers } = table.play[side];
  const rto = timerOf(table, side, 'rto', end.timers.rto, timers.rto, ms);
  const persist = timerOf(table, side, 'persist', end.timers.persist, timers.persist, ms);
  const timeWait = timerOf(table, side, 'time-wait', end.timers.timeWait, timers['time-wait'], ms);
  const same = rto === timers.rto && persist === timers.persist && timeWait === timers['time-wait'];
  return same ? timers : { rto, 'time-wait': timeWait, persist };
}

function timerOf(
  table: Table,
  side: Side,
  name: TimerName,
  running: EngineTimer | null,
  before: Timer | null,
  ms: number,
): Timer | null {
  if (running === null) return null;
  const { epoch, backoff } = running;
  if (before?.epoch === epoch) return before;
  const { pace } = table.scenario;
  const lengthMs = name === 'time-wait' ? 2 * pace.mslMs : rtoMs(pace.rtoMs, backoff, pace.maxRtoMs);
  return { epoch, backoff, endsMs: ms + lengthMs * stretch(table.seats, side, name) };
}

/** The link takes a flight out of the air. */
export function dropFlight(table: Table, flight: Flight, ms: number): Table {
  const { from, seg, sent: id } = flight;
  const told = record(without(table, flight), {
    ms,
    kind: 'touch',
    id: flight.id,
    from,
    touch: 'drop',
    by: 'player',
  });
  return record(told, { ms, kind: 'lost', from, id, seg, why: 'touch' });
}

/** A second copy follows the first, or goes ahead if the first is in the link's hand. */
export function duplicateFlight(table: Table, flight: Flight, ms: number): Table {
  const numbers = table.flights
    .filter(({ sent }) => sent === flight.sent)
    .map(({ id }) => Number(id.split('.')[1] ?? 1));
  const copy: Flight = {
    ...flight,
    id: `${flight.sent}.${Math.max(...numbers) + 1}`,
    arrivesMs: flight.held ? ms + left(flight, ms) : flight.arrivesMs + DUPLICATE_GAP_MS,
    held: null,
  };
  const { from } = flight;
  const told = record(table, { ms, kind: 'touch', id: flight.id, from, touch: 'duplicate', by: 'player' });
  return { ...told, flights: [...told.flights, copy] };
}

export function holdFlight(table: Table, flight: Flight, ms: number): Table {
  const held: Flight = { ...flight, held: { sinceMs: ms, untilMs: null } };
  const told = record(table, {
    ms,
    kind: 'touch',
    id: flight.id,
    from: flight.from,
    touch: 'hold',
    by: 'player',
  });
  return exchanged(told, flight, held);
}

/** Let go, a flight has as far to go as when it was caught. */
export function releaseFlight(table: Table, flight: Flight, by: 'player' | 'script', ms: number): Table {
  const free: Flight = { ...flight, arrivesMs: ms + left(flight, ms), held: null };
  const told = record(table, { ms, kind: 'touch', id: flight.id, from: flight.from, touch: 'release', by });
  return exchanged(told, flight, free);
}

function left({ arrivesMs, held }: Flight, ms: number): number {
  return Math.max(0, arrivesMs - (held?.sinceMs ?? ms));
}

/** Whatever is on its way dies, in the link's hand or not. */
export function cutCable(table: Table, ms: number): Table {
  let next = record({ ...table, cableUp: false, flights: [] }, { ms, kind: 'cable', up: false });
  for (const { from, seg, sent: id } of table.flights) {
    next = record(next, { ms, kind: 'lost', from, id, seg, why: 'cable' });
  }
  return { ...next, wires: { client: purge(next.wires.client), server: purge(next.wires.server) } };
}

export function mendCable(table: Table, ms: number): Table {
  return record({ ...table, cableUp: true }, { ms, kind: 'cable', up: true });
}

function without(table: Table, flight: Flight): Table {
  const next = copyOfTable(table);
  next.flights = otherThan(table.flights, flight);
  return next;
}

function exchanged(table: Table, flight: Flight, by: Flight): Table {
  return { ...table, flights: table.flights.map((one) => (one === flight ? by : one)) };
}
