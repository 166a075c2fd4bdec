import { seatOf } from '../table/seat-of.ts';
import { seatsFrom } from '../table/seats-from.ts';
import type { Holder, SeatName, Seats } from '../table/seats.ts';
import type { Round, RoundTable } from './round.ts';
import { seatCosts } from './seat-costs.ts';
import { SEATS } from './seat-round.ts';

/** A seat that is there, or a table more. */
export type LateSeat = { readonly table: string; readonly seat: SeatName } | { readonly added: RoundTable };

const EMPTY: Holder = { kind: 'empty' };

/**
 * Where somebody sits who comes to a round that is drawn up or running already: in a bot's place beside other
 * people, at the seat they have had least; if there is none, with bots at a table more. Null: they have a
 * seat. `over`: tables that have ended.
 */
export function lateSeat(
  round: Round,
  earlier: readonly Round[],
  player: string,
  over: readonly string[],
): LateSeat | null {
  if (round.tables.some(({ seats }) => seatOf(seats, player) !== null)) return null;
  const cost = seatCosts(earlier);
  const byCost = (a: SeatName, b: SeatName): number => cost(player, a) - cost(player, b);
  const [least = 'client', ...others] = [...SEATS[round.seating]].sort(byCost);
  // Alone means alone.
  const open = round.seating === 'alone' ? [] : round.tables.filter(({ tableId }) => !over.includes(tableId));
  // Beside people rather than bots, then at the seat that is lacked most, then where most people are.
  const [free] = open
    .flatMap((table) =>
      [least, ...others]
        .filter((seat) => isFree(table.seats, seat))
        .map((seat) => ({ table: table.tableId, seat, people: people(table) })),
    )
    .sort(
      (a, b) => Math.sign(b.people) - Math.sign(a.people) || byCost(a.seat, b.seat) || b.people - a.people,
    );
  if (free) return { table: free.table, seat: free.seat };
  const bot: Holder = { kind: 'bot', skill: round.options.skill ?? 1 };
  const holderOf = (name: SeatName): Holder =>
    name === least ? { kind: 'player', id: player } : name === 'referee' ? EMPTY : bot;
  return { added: { tableId: `${round.id}-${round.tables.length + 1}`, seats: seatsFrom(holderOf) } };
}

function people({ seats }: RoundTable): number {
  return Object.values(seats).filter(({ kind }) => kind === 'player').length;
}

/** A bot's, or the referee's chair that nobody sits on. */
function isFree(seats: Seats, name: SeatName): boolean {
  return seats[name].kind === 'bot' || (name === 'referee' && seats[name].kind === 'empty');
}
