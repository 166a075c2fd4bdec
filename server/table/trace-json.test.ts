import fc from 'fast-check';
import { expect, test } from 'vitest';
import { games, stages } from '../../shared/table/random-play.testing.ts';
import { projectTrace } from '../../shared/table/view.ts';
import { LENSES } from '../../shared/table/witness.ts';
import { TraceJson } from './trace-json.ts';

test('what every lens is shown is written as JSON.stringify would write it', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(games(), fc.nat(), (log, from) => {
      const table = stages(log).at(-1)!;
      const json = new TraceJson();
      for (const lens of LENSES) {
        const piece = projectTrace(table, lens, from % (1 + table.witnessed[lens]));
        for (const { kind } of piece.items) kinds.add(kind);
        expect(json.of(piece)).toBe(JSON.stringify(piece));
      }
    }),
    { numRuns: 150 },
  );
  expect(kinds.size).toBeGreaterThan(15);
});
