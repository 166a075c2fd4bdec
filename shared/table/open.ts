import { newWire } from '../link/wire.ts';
import type { Scenario, Side } from '../scenario/types.ts';
import { expect } from '../tcp/expect.ts';
import { accept } from './accepted.ts';
import type { Entry } from './entry.ts';
import { issOf } from './iss-of.ts';
import { SEAT_NAMES } from './seat-of.ts';
import { startEnds } from './start-ends.ts';
import type { Start } from './start-ends.ts';
import { withEnd } from './end-moves.ts';
import { NOTHING_WRITTEN } from './stream-text.ts';
import type { PendingCall, Play, ScriptedFlood, Table } from './table.ts';
import { SIDES } from '../scenario/sides.ts';

const UNTOUCHED: Play = {
  timers: { rto: null, 'time-wait': null, persist: null },
  openSinceMs: null,
  owesSinceMs: null,
  openCause: null,
  seatedMs: 0,
  acts: 0,
  attempts: 0,
  hinted: [],
  nudged: [],
  slipped: false,
  asked: null,
  written: NOTHING_WRITTEN,
  closeCalled: false,
  abortCalled: false,
  received: 0,
  arrivals: [],
  bluffs: 0,
  bluffsCalled: [],
  connections: 0,
  wrong: 0,
  right: 0,
};

function begun({ end, connections }: Start): Play {
  return { ...UNTOUCHED, connections, closeCalled: end.closeCalled };
}

/** The table that its first entry lays. It stands until the clock is set going. */
export function open(entry: Entry): Table {
  if (entry.type !== 'table-opened')
    throw new Error(`a log begins with table-opened, not with ${entry.type}`);
  const { table: id, seed, rules, scenario, seats, endsAfterMs = null, at, by, cmd } = entry;
  const start = startEnds(scenario, (side, nth) => issOf(scenario, seed, id, side, nth));
  const ends = { client: start.client.end, server: start.server.end };
  const bare: Table = {
    id,
    seed,
    rules,
    scenario,
    version: 1,
    seats,
    phase: 'prepared',
    clock: { at, ms: 0, rate: 0 },
    ends,
    play: {
      client: begun(start.client),
      server: begun(start.server),
    },
    wires: { client: newWire(scenario.link.client), server: newWire(scenario.link.server) },
    flights: [],
    cableUp: true,
    calls: [...scenario.calls, ...floodsOf(scenario)].map((call, index) => ({
      index,
      call,
      seen: 0,
      dueMs: dueAtStart(call, (side) => ends[side].state),
    })),
    matched: scenario.faults.map(() => 0),
    spent: { drop: 0, duplicate: 0, hold: 0, cut: 0 },
    predict: null,
    storm: null,
    endsAfterMs,
    movedMs: 0,
    unjudged: [],
    tenures: SEAT_NAMES.map((seat) => ({ seat, holder: seats[seat], from: 0 })),
    history: null,
    witnessed: { client: 0, server: 0, link: 0, referee: 0, full: 0 },
    accepted: cmd === undefined ? null : accept(null, by, cmd),
  };
  return SIDES.reduce((table, side) => startedAlready(table, side), bare);
}

/**
 * An end that starts in the middle of a connection may owe something, or have a timer running, from the
 * start.
 */
function startedAlready(table: Table, side: Side): Table {
  const end = table.ends[side];
  if (expect(end).length === 0 && Object.values(end.timers).every((timer) => timer === null)) return table;
  return withEnd(table, side, { ...end }, 0);
}

function floodsOf({ ends }: Scenario): ScriptedFlood[] {
  return SIDES.flatMap((side) =>
    (ends[side].backlog?.strangers ?? []).map(({ when, halfOpen }) => ({
      side,
      when,
      call: 'flood' as const,
      halfOpen,
    })),
  );
}

/** The state an end starts in is entered at the start. */
function dueAtStart({ side, when }: PendingCall['call'], startOf: (side: Side) => string): number | null {
  if ('atMs' in when) return when.atMs;
  if ('state' in when && startOf(when.side ?? side) === when.state) return when.afterMs ?? 0;
  return null;
}
