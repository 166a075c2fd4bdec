import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toArray } from './chain.ts';
import { games, stages } from './random-play.testing.ts';
import { LENSES, sees, witness } from './witness.ts';

test('what is counted for a lens is what it sees', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(games(), (log) => {
      for (const it of toArray(stages(log).at(-1)!.history)) {
        kinds.add(it.kind);
        for (const lens of LENSES) {
          for (const exam of [false, true]) {
            expect(sees(it, lens, exam), `${it.kind} ${lens}`).toBe(witness(it, lens, exam) !== null);
          }
        }
      }
    }),
    { numRuns: 150 },
  );
  expect(kinds.size).toBeGreaterThan(15);
});
