import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seatOf } from '../table/seat-of.ts';
import type { SeatName } from '../table/types.ts';
import { seatRound } from './seat-round.ts';
import type { Round, Seating } from './types.ts';

const SEATS: Record<Seating, readonly SeatName[]> = {
  alone: ['client', 'server'],
  pairs: ['client', 'server'],
  triples: ['client', 'server', 'link'],
  fours: ['client', 'server', 'link', 'referee'],
};

const people = (n: number): string[] => Array.from({ length: n }, (_, i) => `p${i}`);

function rounds(n: number, seating: Seating, count: number): Round[] {
  const played: Round[] = [];
  for (let i = 0; i < count; i++) {
    const tables = seatRound(people(n), seating, played, `seed${i}`, (t) => `r${i}-${t}`);
    played.push({
      id: `r${i}`,
      scenarioId: 's',
      seating,
      seed: `seed${i}`,
      tables,
      phase: 'ended',
      rate: 0,
      preparedAt: i,
      endedAt: 0,
      clock: { at: 0, ms: 0, rate: 0 },
      endsAfterMs: null,
      options: {},
      startedAt: i,
    });
  }
  return played;
}

const seatsHad = (played: readonly Round[], player: string): SeatName[] =>
  played.flatMap(({ tables }) => tables.flatMap(({ seats }) => seatOf(seats, player) ?? []));

test('everyone has exactly one seat, tables differ by one person at most, and both ends are never empty', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 80 }),
      fc.constantFrom<Seating>('alone', 'pairs', 'triples', 'fours'),
      fc.string(),
      (n, seating, seed) => {
        const tables = seatRound(people(n), seating, [], seed, (t) => `t${t}`);
        const most = seating === 'alone' ? 1 : SEATS[seating].length;
        expect(tables).toHaveLength(Math.ceil(n / most));
        const sizes = tables.map(
          ({ seats }) => Object.values(seats).filter(({ kind }) => kind === 'player').length,
        );
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        const seated = tables.flatMap(({ seats }) =>
          Object.values(seats).flatMap((holder) => (holder.kind === 'player' ? [holder.id] : [])),
        );
        expect(seated.sort()).toEqual(people(n).sort());
        for (const { seats } of tables) {
          expect([seats.client.kind, seats.server.kind]).not.toContain('empty');
        }
        expect(new Set(tables.map(({ tableId }) => tableId)).size).toBe(tables.length);
      },
    ),
    { numRuns: 60 },
  );
});

test.each([
  [12, 'pairs'],
  [12, 'triples'],
  [12, 'fours'],
  [48, 'triples'],
  [40, 'fours'],
  [10, 'alone'],
] as const)(
  '%i people in %s: after as many rounds as there are seats everyone has had each',
  (n, seating) => {
    const played = rounds(n, seating, SEATS[seating].length);
    for (const player of people(n)) {
      expect(seatsHad(played, player).sort(), player).toEqual([...SEATS[seating]].sort());
    }
  },
);

test.each([
  [7, 'pairs', 4],
  [13, 'triples', 6],
  [29, 'fours', 8],
] as const)(
  '%i people in %s do not divide: in %i rounds everyone still comes to every seat',
  (n, seating, count) => {
    const played = rounds(n, seating, count);
    for (const player of people(n)) {
      expect([...new Set(seatsHad(played, player))].sort(), player).toEqual([...SEATS[seating]].sort());
    }
  },
);

test('the seed decides who meets whom, and nothing else does', () => {
  const seat = (seed: string) => seatRound(people(20), 'pairs', [], seed, (t) => `t${t}`);
  expect(seat('a')).toEqual(seat('a'));
  expect(seat('a')).not.toEqual(seat('b'));
});
