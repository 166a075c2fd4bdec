import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Seating } from './round.ts';
import { SEATS, seatRound } from './seat-round.ts';

const people = (n: number): string[] => Array.from({ length: n }, (_, i) => `p${i}`);

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

test('the seed decides who meets whom, and nothing else does', () => {
  const seat = (seed: string) => seatRound(people(20), 'pairs', [], seed, (t) => `t${t}`);
  expect(seat('a')).toEqual(seat('a'));
  expect(seat('a')).not.toEqual(seat('b'));
});
