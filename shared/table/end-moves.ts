import { unreachable } from '../result.ts';
import type { AppCall, Side } from '../scenario/types.ts';
import { withBacklog } from '../tcp/backlog.ts';
import { call as userCall } from '../tcp/call.ts';
import type { UserCall } from '../tcp/call.ts';
import type { End, TimerName } from '../tcp/end.ts';
import { expect } from '../tcp/expect.ts';
import { expire as timerExpires } from '../tcp/expire.ts';
import { chooseIss } from '../tcp/iss.ts';
import { textOctets } from '../tcp/text.ts';
import { wakeCalls } from './awaited-calls.ts';
import { copyOfPlay, copyOfTable, withSide } from './copies.ts';
import { issOf } from './iss-of.ts';
import { settleTimers } from './personal-time.ts';
import { record } from './record.ts';
import { NOTHING_WRITTEN, write } from './stream-text.ts';
import type { Play, Table } from './table.ts';
import { timersOf } from './timers.ts';

/*
 * What happens at an end of a table, whoever or whatever makes it happen: an entry of the log, or time. Each
 * takes the virtual instant at which it happens and returns the next table.
 */

export function withPlay(table: Table, side: Side, change: Partial<Play>): Table {
  const next = copyOfTable(table);
  next.play = withSide(table.play, side, Object.assign(copyOfPlay(table.play[side], side), change));
  return next;
}

/**
 * Puts an end's next value in place, with all that follows: the change of state, its timers, what it owes,
 * what was waiting for it.
 */
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
  return wakeCalls(told, ({ when, side: own }) =>
    'state' in when && when.state === end.state && (when.side ?? own) === side
      ? ms + (when.afterMs ?? 0)
      : null,
  );
}

/**
 * An application calls. A call that the state does not allow is made all the same; it gets an error and
 * changes nothing.
 */
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
  return call.call === 'write' ? { call: 'write', octets: textOctets(call.text), text: call.text } : call;
}

/** A timer of an end runs out. After that there is nothing left to predict. */
export function ring(table: Table, side: Side, timer: TimerName, ms: number): Table {
  const told = record(table, { ms, kind: 'timer', side, timer });
  const next = withEnd(told, side, timerExpires(told.ends[side], timer), ms);
  return next.predict === null ? next : { ...next, predict: null };
}
