import { seatOf } from '../table/seat-of.ts';
import type { Holder, SeatName, Seats } from '../table/types.ts';
import { SEATS, costs } from './seat-round.ts';
import type { Round, RoundTable } from './types.ts';

/** A seat that is there, or a table more. */
export type LateSeat = { readonly table: string; readonly seat: SeatName } | { readonly added: RoundTable };

const EMPTY: Holder = { kind: 'empty' };

/**
 * Where somebody sits who comes to a round that is drawn up or running already: in a bot's place beside other people, at the seat they have had least;
 * if there is none, with bots at a table more. Null: they have a seat. `over`: tables that have ended.
 */
export function lateSeat(
  round: Round,
  earlier: readonly Round[],
  player: string,
  over: readonly string[],
): LateSeat | null {
  if (round.tables.some(({ seats }) => seatOf(seats, player) !== null)) return null;
  const cost = costs(earlier);
  const names = [...SEATS[round.seating]].sort((a, b) => cost(player, a) - cost(player, b));
  // Alone means alone.
  const open = round.seating === 'alone' ? [] : round.tables.filter(({ tableId }) => !over.includes(tableId));
  for (const table of [...open].sort((a, b) => people(b) - people(a))) {
    const seat = names.find((name) => isFree(table.seats, name));
    if (seat !== undefined) return { table: table.tableId, seat };
  }
  const bot: Holder = { kind: 'bot', skill: round.options.skill ?? 1 };
  const mine = names.find((name) => name === 'client' || name === 'server') ?? 'client';
  const holderOf = (name: SeatName): Holder => (name === mine ? { kind: 'player', id: player } : bot);
  const seats = {
    client: holderOf('client'),
    server: holderOf('server'),
    link: holderOf('link'),
    referee: EMPTY,
  };
  return { added: { tableId: `${round.id}-${round.tables.length + 1}`, seats } };
}

function people({ seats }: RoundTable): number {
  return Object.values(seats).filter(({ kind }) => kind === 'player').length;
}

/** A bot's, or the referee's chair that nobody sits on. */
function isFree(seats: Seats, name: SeatName): boolean {
  return seats[name].kind === 'bot' || (name === 'referee' && seats[name].kind === 'empty');
}
