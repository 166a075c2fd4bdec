import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accept, commandKey, isAccepted } from './accepted.ts';
import type { Accepted } from './accepted.ts';

test('an id is accepted from when it was added on, and older values do not learn of it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(200).map(String)), (ids) => {
      const seen = new Set<string>();
      let accepted: Accepted = null;
      for (const id of ids) {
        const before: Accepted = accepted;
        expect(isAccepted(before, id)).toBe(seen.has(id));
        accepted = accept(accepted, id);
        expect(isAccepted(before, id)).toBe(seen.has(id));
        seen.add(id);
        for (const known of seen) expect(isAccepted(accepted, known)).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});

test('two futures of one table know nothing of each other', () => {
  const past = accept(accept(null, 'a'), 'b');
  const one = accept(accept(past, 'c'), 'd');
  const other = accept(accept(past, 'd'), 'e');
  const known = (accepted: Accepted) => ['a', 'b', 'c', 'd', 'e'].filter((id) => isAccepted(accepted, id));
  expect([past, one, other].map(known)).toEqual([
    ['a', 'b'],
    ['a', 'b', 'c', 'd'],
    ['a', 'b', 'd', 'e'],
  ]);
  expect(accept(one, 'a')).toBe(one);
});

test('ids of different senders do not run together', () => {
  expect(commandKey('a', 'b')).not.toBe(commandKey('ab', ''));
  expect(commandKey(undefined, 'b')).not.toBe(commandKey('b', 'b'));
});
