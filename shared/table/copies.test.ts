import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance } from './advance.ts';
import { evolve } from './evolve.ts';
import { fingerprint, games, stages } from './random-play.testing.ts';
import { replay } from './replay.ts';

test('a table that somebody holds stays as it is, whatever becomes of it', () => {
  fc.assert(
    fc.property(games(), fc.nat(30_000), (log, later) => {
      const held = stages(log);
      const then = held.map(fingerprint);
      const last = held.at(-1)!;
      advance(last, log.at(-1)!.at + later);
      // Two futures of one table know nothing of each other.
      for (const [i, table] of held.entries()) {
        evolve(table, { at: log.at(-1)!.at, type: i % 2 ? 'table-ended' : 'cable-cut' });
      }
      replay(log, log.at(-1)!.at + later);
      expect(held.map(fingerprint)).toEqual(then);
    }),
    { numRuns: 50 },
  );
});
