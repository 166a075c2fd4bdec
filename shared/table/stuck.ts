import { botSkill, isPerson } from './bot-skill.ts';
import { SIDES } from './table.ts';
import type { Table } from './table.ts';

/** A table where for so long nobody has done anything, no end has changed its state and no data has come through is over, virtual ms. */
export const STILL_MS = 30 * 60_000;

/** Whether a table that will get nowhere ends of its own accord; under the first rules it stood for ever, and logs of that time must read so. */
export function endsByItself({ rules }: Table): boolean {
  return rules >= 2;
}

/**
 * Whether nothing can happen any more, though the scenario is not over: nothing is on its way, no timer runs, no call is to
 * come, and nobody who is there owes anything or holds anything in hand.
 */
export function isStuck(table: Table): boolean {
  const { flights, seats, calls, play } = table;
  if (flights.some(({ held }) => held === null || held.untilMs !== null)) return false;
  if (flights.length > 0 && isPerson(seats.link)) return false;
  if (calls.some(({ dueMs }) => dueMs !== null)) return false;
  return SIDES.every((side) => {
    const { timers, owesSinceMs, openSinceMs, asked } = play[side];
    if (timers.rto !== null || timers.persist !== null || timers['time-wait'] !== null) return false;
    if (seats[side].kind === 'empty') return true;
    return owesSinceMs === null && asked === null && (openSinceMs === null || botSkill(seats[side]) === null);
  });
}
