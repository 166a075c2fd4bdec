import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MisconceptionRef } from '../table/misconception-count.ts';
import { MisconceptionTally } from './misconception-tally.ts';

const CODES = ['M01', 'M19'] as const;

function refOf(
  code: MisconceptionRef['code'],
  player: string | null,
  ms: number,
  item = 0,
): MisconceptionRef {
  return { code, tableId: 't', seat: 'client', player, ms, item, segment: null };
}

function tallyOf(refs: readonly MisconceptionRef[]): MisconceptionTally {
  const tally = new MisconceptionTally();
  tally.add(refs);
  return tally;
}

test('a class’s misconceptions are counted by people, then by how often, the newest first', () => {
  const counts = MisconceptionTally.count([
    tallyOf([refOf('M19', 'ana', 1), refOf('M01', 'ana', 2), refOf('M19', 'ana', 3)]),
    tallyOf([refOf('M01', null, 5), refOf('M04', 'ben', 6), refOf('M01', 'ben', 9)]),
  ]);
  expect(counts.map(({ code, people, times }) => [code, people, times])).toEqual([
    ['M01', 2, 3],
    ['M19', 1, 2],
    ['M04', 1, 1],
  ]);
  expect(counts[0]?.seen.map(({ ms }) => ms)).toEqual([9, 5, 2]);
});

test('whatever came when, and at which table: all people and times, and the newest fifty', () => {
  const answer = fc.record({
    code: fc.constantFrom(...CODES),
    player: fc.option(fc.constantFrom('ana', 'ben', 'cem')),
    later: fc.nat(2),
  });
  const table = fc.array(answer, { maxLength: 400, size: 'max' });
  fc.assert(
    fc.property(fc.array(table, { maxLength: 3 }), fc.integer({ min: 1, max: 120 }), (tables, atATime) => {
      const all: MisconceptionRef[] = [];
      const tallies = tables.map((answers) => {
        const tally = new MisconceptionTally();
        let ms = 0;
        const refs = answers.map(({ code, player, later }, item) => refOf(code, player, (ms += later), item));
        for (let at = 0; at < refs.length; at += atATime) tally.add(refs.slice(at, at + atATime));
        all.push(...refs);
        return tally;
      });
      const counts = MisconceptionTally.count(tallies);
      expect(counts.map(({ code }) => code).sort()).toEqual([...new Set(all.map(({ code }) => code))].sort());
      for (const { code, people, times, seen } of counts) {
        const same = all.filter((ref) => ref.code === code);
        const players = new Set(same.map(({ player }) => player));
        players.delete(null);
        expect({ people, times }).toEqual({ people: players.size, times: same.length });
        const newest = [...same].sort((a, b) => b.ms - a.ms || b.item - a.item).slice(0, 50);
        expect(seen.map(({ ms, item }) => [ms, item])).toEqual(newest.map(({ ms, item }) => [ms, item]));
      }
    }),
    { numRuns: 60 },
  );
});

test('however many there are by then, the newest fifty are told of', () => {
  const tally = new MisconceptionTally();
  for (let n = 1; n <= 310; n++) {
    tally.add([refOf('M01', 'ana', n)]);
    const [count] = MisconceptionTally.count([tally]);
    expect(count?.times).toBe(n);
    expect(count?.seen.map(({ ms }) => ms)).toEqual(Array.from({ length: Math.min(n, 50) }, (_, i) => n - i));
  }
});
