import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accept, acceptedIn, isAccepted } from './accepted.ts';
import type { Accepted } from './accepted.ts';

test('an id is accepted from when it was added on, and older values do not learn of it', () => {
  const commands = fc.array(fc.tuple(fc.constantFrom(undefined, 'a', 'b'), fc.nat(50).map(String)));
  fc.assert(
    fc.property(commands, (asked) => {
      const seen = new Map<string, readonly [string | undefined, string]>();
      let accepted: Accepted = null;
      for (const [by, cmd] of asked) {
        const key = JSON.stringify([by ?? '', cmd]);
        const before: Accepted = accepted;
        expect(isAccepted(before, by, cmd)).toBe(seen.has(key));
        accepted = accept(accepted, by, cmd);
        expect(isAccepted(before, by, cmd)).toBe(seen.has(key));
        seen.set(key, [by, cmd]);
        for (const known of seen.values()) expect(isAccepted(accepted, ...known)).toBe(true);
      }
      expect(acceptedIn(accepted).map((one) => JSON.stringify(one))).toEqual([...seen.keys()]);
    }),
    { numRuns: 30 },
  );
});

test('two futures of one table know nothing of each other', () => {
  const after = (past: Accepted, ...ids: string[]) => ids.reduce((now, id) => accept(now, 'me', id), past);
  const past = after(null, 'a', 'b');
  const one = after(past, 'c', 'd');
  const other = after(past, 'd', 'e');
  const known = (accepted: Accepted) =>
    ['a', 'b', 'c', 'd', 'e'].filter((id) => isAccepted(accepted, 'me', id));
  expect([past, one, other].map(known)).toEqual([
    ['a', 'b'],
    ['a', 'b', 'c', 'd'],
    ['a', 'b', 'd', 'e'],
  ]);
  expect(after(one, 'a')).toBe(one);
});

test('an id is its sender’s own: nobody can use up another’s', () => {
  const accepted = accept(accept(null, 'a', 'b'), undefined, 'c');
  expect(isAccepted(accepted, 'a', 'b')).toBe(true);
  expect(isAccepted(accepted, 'b', 'b')).toBe(false);
  expect(isAccepted(accepted, undefined, 'b')).toBe(false);
  expect(isAccepted(accepted, 'a', 'c')).toBe(false);
  expect(isAccepted(accepted, undefined, 'c')).toBe(true);
});
