import type { Side } from '../scenario/types.ts';
import type { State } from '../tcp/state.ts';
import { isPerson } from './bot-skill.ts';
import { newestFirst } from './chain.ts';
import type { Phase, Unfinished } from './phase.ts';
import { SEAT_NAMES } from './seat-of.ts';
import type { Holder, SeatName } from './seats.ts';
import type { Table } from './table.ts';
import { SIDES, other } from '../scenario/sides.ts';

/** A live miniature of one table, for the instructor. */
export interface TableMini {
  readonly tableId: string;
  readonly phase: Phase;
  readonly states: Readonly<Record<Side, State>>;
  /** Virtual ms since which a side owes an answer; null: it owes none. */
  readonly owesSinceMs: Readonly<Record<Side, number | null>>;
  readonly clock: { readonly at: number; readonly ms: number; readonly rate: number };
  readonly wrong: Readonly<Record<Side, number>>;
  readonly right: Readonly<Record<Side, number>>;
  /** Wrong attempts at the answer that is open. */
  readonly attempts: Readonly<Record<Side, number>>;
  /** Seats whose owners are away and bots play. */
  readonly away: readonly SeatName[];
  /**
   * Who waits for whom, since when (virtual ms): the one has nothing to do, and the other, a person who is
   * here, owes an answer.
   */
  readonly waits: readonly { readonly who: Side; readonly for: Side; readonly sinceMs: number }[];
  /** Why it ended before its scenario was over; null: it has not ended, or was over. */
  readonly endedBy: Unfinished | null;
  /** The newest segments, oldest first, for the thumbnail: a line from one lifeline to the other. */
  readonly strokes: readonly {
    readonly from: Side;
    readonly flags: number;
    readonly sentMs: number;
    /** Null: lost. */
    readonly arrivesMs: number | null;
  }[];
}

/** How many segments a thumbnail has room for. */
const STROKES = 24;

/** The table in the small, for the instructor's grid. */
export function miniOf(table: Table): TableMini {
  const { id, phase, ends, play, clock } = table;
  const { client, server } = play;
  return {
    tableId: id,
    phase,
    states: { client: ends.client.state, server: ends.server.state },
    owesSinceMs: { client: client.owesSinceMs, server: server.owesSinceMs },
    clock: { at: clock.at, ms: clock.ms, rate: clock.rate },
    wrong: { client: client.wrong, server: server.wrong },
    right: { client: client.right, server: server.right },
    attempts: { client: client.attempts, server: server.attempts },
    away: SEAT_NAMES.filter((seat) => isAway(table.seats[seat])),
    waits: waitsOf(table),
    endedBy: endedBy(table),
    strokes: strokesOf(table),
  };
}

function isAway(holder: Holder): boolean {
  return holder.kind === 'player' && holder.away === true;
}

function waitsOf({ seats, play, phase }: Table): TableMini['waits'] {
  if (phase === 'ended') return [];
  return SIDES.flatMap((debtor) => {
    const sinceMs = play[debtor].owesSinceMs;
    const who = other(debtor);
    if (sinceMs === null || !isPerson(seats[debtor]) || seats[who].kind === 'empty') return [];
    const busy = play[who].owesSinceMs !== null || play[who].asked !== null;
    return busy ? [] : [{ who, for: debtor, sinceMs }];
  });
}

function endedBy({ phase, history }: Table): TableMini['endedBy'] {
  if (phase !== 'ended') return null;
  for (const it of newestFirst(history)) if (it.kind === 'ended') return it.why ?? null;
  return null;
}

/**
 * The newest segments, oldest first. Read from the newest back, so that what became of one is known before it
 * is met.
 */
function strokesOf({ history, flights }: Table): TableMini['strokes'] {
  const strokes: TableMini['strokes'][number][] = [];
  const arrived = new Map<string, number>();
  for (const it of newestFirst(history)) {
    if (it.kind === 'arrived') arrived.set(it.id, it.ms);
    if (it.kind !== 'sent') continue;
    const { id, side: from, seg, ms: sentMs } = it;
    const coming = flights.find((flight) => flight.sent === id && flight.held === null);
    strokes.push({ from, flags: seg.flags, sentMs, arrivesMs: arrived.get(id) ?? coming?.arrivesMs ?? null });
    if (strokes.length === STROKES) break;
  }
  return strokes.reverse();
}
