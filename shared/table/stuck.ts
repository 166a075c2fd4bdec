import type { Side } from '../scenario/types.ts';
import { botSkill, isPerson } from './bot-skill.ts';
import type { Flight, PendingCall, Play, Table } from './table.ts';

/**
 * A table where for so long nobody has done anything, no end has changed its state and no data has come
 * through is over, virtual ms.
 */
export const STILL_MS = 30 * 60_000;

/**
 * Whether nothing can happen any more, though the scenario is not over: nothing is on its way, no timer runs,
 * no call is to come, and nobody who is there owes anything or holds anything in hand.
 */
export function isStuck(table: Table): boolean {
  const { flights, seats, calls } = table;
  if (flights.some(comesByItself)) return false;
  if (flights.length > 0 && isPerson(seats.link)) return false;
  if (calls.some(isToCome)) return false;
  return isStill(table, 'client') && isStill(table, 'server');
}

function comesByItself({ held }: Flight): boolean {
  return held === null || held.untilMs !== null;
}

function isStill({ seats, play }: Table, side: Side): boolean {
  const { timers, owesSinceMs, openSinceMs, asked } = play[side];
  if (hasTimer(timers)) return false;
  if (seats[side].kind === 'empty') return true;
  return owesSinceMs === null && asked === null && (openSinceMs === null || botSkill(seats[side]) === null);
}

/** Whether the instant at which a call of the script is made is known. */
export function isToCome({ dueMs }: PendingCall): boolean {
  return dueMs !== null;
}

export function hasTimer(timers: Play['timers']): boolean {
  return timers.rto !== null || timers.persist !== null || timers['time-wait'] !== null;
}
