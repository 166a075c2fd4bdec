import fc from 'fast-check';
import { expect, test } from 'vitest';
import { append, lengthOf, newestFirst, toArray } from './chain.ts';
import type { Chain } from './chain.ts';

const chainOf = (items: readonly number[], start: Chain<number> = null) =>
  items.reduce(append<number>, start);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

test('a chain holds what was appended to it, at every length', () => {
  let chain: Chain<number> = null;
  for (let n = 0; n < 200; n++) {
    expect(lengthOf(chain)).toBe(n);
    expect(toArray(chain)).toEqual(upTo(n));
    expect([...newestFirst(chain)]).toEqual(upTo(n).reverse());
    chain = append(chain, n);
  }
});

test('what is left out at the beginning is left out, whatever its number', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.nat(120), (length, without) => {
      expect(toArray(chainOf(upTo(length)), without)).toEqual(upTo(length).slice(without));
    }),
  );
});

test('the futures of one chain know nothing of each other, and the past of neither', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.array(fc.nat(40), { minLength: 2, maxLength: 5 }), (length, futures) => {
      const past = chainOf(upTo(length));
      const chains = futures.map((more, i) => chainOf(Array<number>(more).fill(i), past));
      for (const [i, chain] of chains.entries()) {
        expect(toArray(chain)).toEqual([...upTo(length), ...Array<number>(futures[i]!).fill(i)]);
      }
      expect(toArray(past)).toEqual(upTo(length));
      expect([...newestFirst(past)]).toEqual(upTo(length).reverse());
    }),
  );
});

test('one may stop looking anywhere, and look again', () => {
  const newest = newestFirst(chainOf(upTo(40)));
  for (const item of newest) if (item === 30) break;
  expect([...newest]).toEqual(upTo(40).reverse());
});
