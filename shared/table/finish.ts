import { instantOf } from './clock.ts';
import { record } from './step.ts';
import { endsByItself, isStuck } from './stuck.ts';
import { SIDES } from './table.ts';
import type { Table } from './table.ts';

/** The table as it is once the scenario is over, if it is over now. */
export function finishIfOver(table: Table, ms: number): Table {
  if (table.phase !== 'running') return table;
  const at = instantOf(table.clock, ms) ?? table.clock.at;
  if (isOver(table)) return finish(table, at, ms);
  return endsByItself(table) && isStuck(table) ? finish(table, at, ms, 'stuck') : table;
}

/** The table ends here: its clock stands still for ever. */
export function finish(table: Table, at: number, ms: number, why?: 'limit' | 'stuck'): Table {
  if (table.phase === 'ended') return table;
  const told = record(table, { ms, kind: 'ended', ...(why && { why }) });
  return { ...told, phase: 'ended', clock: { at, ms, rate: 0 }, predict: null, unjudged: [] };
}

function isOver(table: Table): boolean {
  if (table.flights.length > 0 || table.calls.some(({ dueMs }) => dueMs !== null)) return false;
  // An answer is not complete before its label.
  const unanswered = SIDES.some((side) => {
    const { owesSinceMs, asked } = table.play[side];
    return owesSinceMs !== null || (asked !== null && table.seats[side].kind !== 'empty');
  });
  if (unanswered) return false;
  const states = SIDES.map((side) => table.ends[side].state);
  switch (table.scenario.finish) {
    case 'closed':
      // Before anything has happened, nothing has ended.
      return states.every((state) => state === 'CLOSED' || state === 'LISTEN') && hasMoved(table);
    case 'established':
      return states.every((state) => state === 'ESTABLISHED');
    case 'quiet':
      return SIDES.every((side) => Object.values(table.play[side].timers).every((timer) => timer === null));
  }
}

/** Whether anything went over the wire, or an end came back to CLOSED from a connection it started in. */
function hasMoved({ wires, ends }: Table): boolean {
  return SIDES.some((side) => wires[side].sent > 0 || ends[side].closedFrom !== null);
}
