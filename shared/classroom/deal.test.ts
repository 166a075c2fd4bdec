import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deal } from './deal.ts';

const KINDS = ['a', 'b', 'c', 'd'] as const;
type Costs = Readonly<Record<(typeof KINDS)[number], number>>;

const costs: fc.Arbitrary<Costs> = fc.record({ a: fc.nat(3), b: fc.nat(3), c: fc.nat(3), d: fc.nat(3) });
const inAll = (dealt: readonly Costs[], kinds: readonly (keyof Costs)[]): number =>
  dealt.reduce((sum, who, slot) => sum + who[kinds[slot]!], 0);

function orders<T>(of: readonly T[]): T[][] {
  if (of.length === 0) return [[]];
  return of.flatMap((first, i) => orders(of.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}

test('everybody is dealt to one slot, and no other way to deal costs less', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(costs, fc.constantFrom(...KINDS)), { minLength: 1, maxLength: 6 }),
      (who) => {
        const begun = who.map(([one]) => one);
        const kinds = who.map(([, kind]) => kind);
        const dealt = deal(begun, kinds, (one, kind) => one[kind]);
        expect(new Set(dealt)).toEqual(new Set(begun));
        expect(dealt).toHaveLength(begun.length);
        expect(inAll(dealt, kinds)).toBe(Math.min(...orders(begun).map((order) => inAll(order, kinds))));
      },
    ),
    { numRuns: 150 },
  );
});

test('who need not move stays', () => {
  expect(deal(['x', 'y', 'z'], ['a', 'a', 'b'], () => 1)).toEqual(['x', 'y', 'z']);
});
