import { rngAt } from '../rng.ts';
import type { Holder, SeatName } from '../table/types.ts';
import type { Round, RoundTable, Seating } from './types.ts';

/** The seats that people take, in the order in which they are filled; alone, one plays with bots. */
export const SEATS: Readonly<Record<Seating, readonly SeatName[]>> = {
  alone: ['client', 'server'],
  pairs: ['client', 'server'],
  triples: ['client', 'server', 'link'],
  fours: ['client', 'server', 'link', 'referee'],
};

const MOST: Readonly<Record<Seating, number>> = { alone: 1, pairs: 2, triples: 3, fours: 4 };

/** What a student has sat at already weighs more than having sat there just now. */
const AGAIN_AT_ONCE = 0.5;

const EMPTY: Holder = { kind: 'empty' };

/**
 * Seats everyone for a round: as few tables as there must be, with one person more or less at most; bots at the free ends. Over
 * the rounds everyone comes to sit at every seat: of all ways to deal out the seats, one is taken that repeats least. Who meets whom is
 * shuffled by the seed.
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
  const people = shuffled(players, seed);
  const tables = Math.ceil(people.length / MOST[seating]);
  const sizes = Array.from({ length: tables }, (_, t) =>
    Math.floor((people.length + tables - 1 - t) / tables),
  );
  const slots = sizes.flatMap((size, t) =>
    // Alone, half of them begin at one end and half at the other.
    SEATS[seating]
      .slice(...(seating === 'alone' ? [t % 2, (t % 2) + 1] : [0, size]))
      .map((seat) => ({ t, seat })),
  );
  const dealt = deal(people, slots.map(({ seat }) => seat), costs(earlier)); // prettier-ignore

  return sizes.map((_, t) => {
    const holderOf = (seat: SeatName): Holder => {
      const i = slots.findIndex((slot) => slot.t === t && slot.seat === seat);
      const id = dealt[i];
      if (id !== undefined) return { kind: 'player', id };
      // Nobody there means a link that does nothing, or no referee: neither needs a bot.
      return seat === 'client' || seat === 'server' || seat === 'link' ? bot : EMPTY;
    };
    const seats = {
      client: holderOf('client'),
      server: holderOf('server'),
      link: holderOf('link'),
      referee: holderOf('referee'),
    };
    return { tableId: tableId(t + 1), seats };
  });
}

/** What it costs to seat a player somewhere: how often they have been there. */
export function costs(earlier: readonly Round[]): (player: string, seat: SeatName) => number {
  const visits = new Map<string, number>();
  const last = new Map<string, SeatName>();
  for (const round of earlier) {
    for (const { seats } of round.tables) {
      for (const seat of SEATS.fours) {
        const holder = seats[seat];
        if (holder.kind !== 'player') continue;
        const key = `${holder.id}\u0000${seat}`;
        visits.set(key, (visits.get(key) ?? 0) + 1);
        last.set(holder.id, seat);
      }
    }
  }
  return (player, seat) =>
    (visits.get(`${player}\u0000${seat}`) ?? 0) + (last.get(player) === seat ? AGAIN_AT_ONCE : 0);
}

/**
 * Who sits in which slot, at the least cost in all. Begun with any order and improved by rounds of swaps along the cheapest circle of seats
 * until there is none: with four kinds of seats there are few circles, and when none of them saves anything, nothing does.
 */
function deal(
  people: readonly string[],
  slots: readonly SeatName[],
  cost: (player: string, seat: SeatName) => number,
): readonly string[] {
  const dealt = [...people];
  const kinds = [...new Set(slots)];
  const circles = kinds.flatMap((first, i) => circlesFrom([first], kinds.slice(i + 1)));
  for (let improved = true; improved;) {
    improved = false;
    for (const circle of circles) {
      const moved = circle.map((seat, i) => {
        const to = circle[(i + 1) % circle.length] ?? seat;
        return cheapest(dealt, slots, seat, to, cost);
      });
      const saved = moved.reduce((sum, move) => sum + move.costs, 0);
      if (saved > -1e-9) continue;
      const takers = moved.map(({ slot }) => dealt[slot] ?? '');
      moved.forEach((_, i) => {
        const slot = moved[(i + 1) % moved.length]?.slot;
        if (slot !== undefined) dealt[slot] = takers[i] ?? '';
      });
      improved = true;
    }
  }
  return dealt;
}

function cheapest(
  dealt: readonly string[],
  slots: readonly SeatName[],
  from: SeatName,
  to: SeatName,
  cost: (player: string, seat: SeatName) => number,
): { readonly slot: number; readonly costs: number } {
  let best = { slot: -1, costs: Infinity };
  slots.forEach((seat, slot) => {
    const player = dealt[slot];
    if (seat !== from || player === undefined) return;
    const costs = cost(player, to) - cost(player, from);
    if (costs < best.costs) best = { slot, costs };
  });
  return best;
}

/** Every circle of two or more kinds of seats that starts with these. */
function circlesFrom(path: readonly SeatName[], rest: readonly SeatName[]): SeatName[][] {
  return rest.flatMap((seat) => {
    const longer = [...path, seat];
    return [longer, ...circlesFrom(longer, rest.filter((one) => one !== seat))]; // prettier-ignore
  });
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
