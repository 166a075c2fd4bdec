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

test('a thousand ids lie in one short list and ten layers at most', () => {
  let accepted: Accepted = null;
  for (let i = 0; i < 1000; i++) accepted = accept(accepted, `k${i}`);
  if (accepted === null) throw new Error('nothing was accepted');
  expect(accepted.length).toBeLessThanOrEqual(32);
  let layers = 0;
  for (let { older } = accepted; older !== null; older = older.older) layers += 1;
  expect(layers).toBeGreaterThan(0);
  expect(layers).toBeLessThanOrEqual(10);
});

test('ids of different senders do not run together', () => {
  expect(commandKey('a', 'b')).not.toBe(commandKey('ab', ''));
  expect(commandKey(undefined, 'b')).not.toBe(commandKey('b', 'b'));
});
