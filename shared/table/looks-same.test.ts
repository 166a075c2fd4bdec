import fc from 'fast-check';
import { expect, test } from 'vitest';
import { looksSame } from './looks-same.ts';
import { games, stages } from './random-play.testing.ts';
import { SEAT_NAMES } from './seat-of.ts';
import { lensOf, nowFor } from './view.ts';

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
