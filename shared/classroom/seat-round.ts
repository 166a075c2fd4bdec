import { rngAt } from '../rng.ts';
import { seatsFrom } from '../table/seats-from.ts';
import type { Holder, SeatName } from '../table/seats.ts';
import { deal } from './deal.ts';
import type { Round, RoundTable, Seating } from './round.ts';
import { seatCosts } from './seat-costs.ts';

/** The seats that people take, in the order in which they are filled; alone, one plays with bots. */
export const SEATS: Readonly<Record<Seating, readonly SeatName[]>> = {
  alone: ['client', 'server'],
  pairs: ['client', 'server'],
  triples: ['client', 'server', 'link'],
  fours: ['client', 'server', 'link', 'referee'],
};

const MOST: Readonly<Record<Seating, number>> = { alone: 1, pairs: 2, triples: 3, fours: 4 };

/**
 * Where there are fewer people than seats, the ends are taken last from people: less than what one visit
 * weighs, so that nobody misses a seat for it.
 */
const LEFT_FREE: Readonly<Record<SeatName, number>> = { client: 0.3, server: 0.3, link: 0.1, referee: 0 };

const EMPTY: Holder = { kind: 'empty' };

/**
 * Seats everyone for a round: as few tables as there must be, with one person more or less at most; bots at
 * the free ends and links. Over the rounds everyone comes to sit at every seat, however few they are: of all
 * ways to deal out the seats, one is taken that repeats least. Who meets whom is shuffled by the seed.
 */
export function seatRound(
  players: readonly string[],
  seating: Seating,
  earlier: readonly Round[],
  seed: string,
  tableId: (n: number) => string,
  skill = 1,
): readonly RoundTable[] {
  const bot: Holder = { kind: 'bot', skill };
  const tables = Math.ceil(players.length / MOST[seating]);
  const dealt = dealSeats(shuffled(players, seed), tables, seating, earlier);
  return Array.from({ length: tables }, (_, t) => {
    const holderOf = (seat: SeatName): Holder => {
      const id = dealt.get(seat)?.[t] ?? null;
      if (id !== null) return { kind: 'player', id };
      // A link without anybody passes everything on as the scenario says; nobody calls what no referee sees.
      return seat === 'referee' ? EMPTY : bot;
    };
    return { tableId: tableId(t + 1), seats: seatsFrom(holderOf) };
  });
}

/** For each seat, who has it at the first table, the second, …; null: nobody. */
function dealSeats(
  people: readonly string[],
  tables: number,
  seating: Seating,
  earlier: readonly Round[],
): ReadonlyMap<SeatName, readonly (string | null)[]> {
  const cost = seatCosts(earlier);
  const seats = SEATS[seating];
  const slots = seats.flatMap((seat) => Array.from({ length: tables }, () => seat));
  const free = Array.from({ length: slots.length - people.length }, () => null);
  // To begin with, the seats are filled in their order; alone, half of the people begin at either end.
  const first = seating === 'alone' ? Math.ceil(people.length / 2) : people.length;
  const begun = [...people.slice(0, first), ...free, ...people.slice(first)];
  const dealt = deal(begun, slots, (id, seat) => (id === null ? LEFT_FREE[seat] : cost(id, seat)));

  let table = 0;
  return new Map(
    seats.map((seat) => {
      const all = dealt.filter((_, i) => slots[i] === seat);
      // What is left free goes round the tables, so that none has two free seats more than another.
      const here = new Set(all.flatMap((id) => (id === null ? [table++ % tables] : [])));
      const sitting = all.filter((id) => id !== null);
      return [seat, all.map((_, t) => (here.has(t) ? null : (sitting.shift() ?? null)))];
    }),
  );
}

/** Fisher and Yates, by the seed. */
function shuffled(players: readonly string[], seed: string): string[] {
  const rng = rngAt(seed, 'seating');
  const order = [...players];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(rng.next() * (i + 1));
    const [a, b] = [order[i], order[j]];
    if (a !== undefined && b !== undefined) [order[i], order[j]] = [b, a];
  }
  return order;
}
