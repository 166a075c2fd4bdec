import type { Side } from '../scenario/types.ts';
import type { State } from '../tcp/state.ts';
import { instantOf } from './clock.ts';
import type { Unfinished } from './phase.ts';
import { endsByItself } from './rules.ts';
import { record } from './record.ts';
import { hasTimer, isStuck, isToCome } from './stuck.ts';
import type { Table } from './table.ts';
import { SIDES } from '../scenario/sides.ts';

/** The table as it is once the scenario is over, if it is over now. */
export function finishIfOver(table: Table, ms: number): Table {
  if (table.phase !== 'running') return table;
  const over = isOver(table);
  if (!over && !(endsByItself(table) && isStuck(table))) return table;
  const at = instantOf(table.clock, ms) ?? table.clock.at;
  return finish(table, at, ms, over ? undefined : 'stuck');
}

/** The table ends here: its clock stands still for ever. */
export function finish(table: Table, at: number, ms: number, why?: Unfinished): Table {
  if (table.phase === 'ended') return table;
  const told = record(table, { ms, kind: 'ended', ...(why && { why }) });
  return { ...told, phase: 'ended', clock: { at, ms, rate: 0 }, predict: null, unjudged: [] };
}

/** Asked after everything that happens: what is cheap and mostly says no comes first. */
function isOver(table: Table): boolean {
  const { flights, calls, ends, play } = table;
  if (flights.length > 0) return false;
  const { client, server } = ends;
  switch (table.scenario.finish) {
    case 'closed':
      // Before anything has happened, nothing has ended.
      if (!isClosed(client.state) || !isClosed(server.state) || !hasMoved(table)) return false;
      break;
    case 'established':
      if (client.state !== 'ESTABLISHED' || server.state !== 'ESTABLISHED') return false;
      break;
    case 'quiet':
      if (hasTimer(play.client.timers) || hasTimer(play.server.timers)) return false;
  }
  return !calls.some(isToCome) && isAnswered(table, 'client') && isAnswered(table, 'server');
}

/** An answer is not complete before its label. */
function isAnswered({ play, seats }: Table, side: Side): boolean {
  const { owesSinceMs, asked } = play[side];
  return owesSinceMs === null && (asked === null || seats[side].kind === 'empty');
}

function isClosed(state: State): boolean {
  return state === 'CLOSED' || state === 'LISTEN';
}

/** Whether anything went over the wire, or an end came back to CLOSED from a connection it started in. */
function hasMoved({ wires, ends }: Table): boolean {
  return SIDES.some((side) => wires[side].sent > 0 || ends[side].closedFrom !== null);
}
