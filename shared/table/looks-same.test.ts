import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance, nextChangeAt } from './advance.ts';
import { evolve } from './evolve.ts';
import { looksSame } from './looks-same.ts';
import { open } from './open.ts';
import { games } from './random-play.testing.ts';
import { SEAT_NAMES } from './seat-of.ts';
import type { Table } from './table.ts';
import type { Entry } from './types.ts';
import { lensOf, nowFor } from './view.ts';

/** The table between every two things that happen to it. */
function stages([first, ...rest]: readonly Entry[]): Table[] {
  let table = open(first!);
  const all = [table];
  for (const entry of rest) {
    for (let at = nextChangeAt(table); at !== null && at < entry.at; at = nextChangeAt(table)) {
      table = advance(table, at);
      all.push(table);
    }
    table = evolve(table, entry);
    all.push(table);
  }
  return all;
}

test('what is said to look the same does look the same', () => {
  let same = 0;
  fc.assert(
    fc.property(games(), (log) => {
      const all = stages(log);
      for (const [i, table] of all.entries()) {
        for (const seat of SEAT_NAMES) {
          const lens = lensOf(table, seat);
          for (const before of [all[i - 1], all[i - 5], all[0]]) {
            if (!before || lensOf(before, seat) !== lens || !looksSame(before, table, lens)) continue;
            same += 1;
            expect(nowFor(table, seat)).toEqual(nowFor(before, seat));
          }
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(same).toBeGreaterThan(2000);
});
