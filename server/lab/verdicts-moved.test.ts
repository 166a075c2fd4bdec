import { expect, test } from 'vitest';
import { disagreements } from './verdicts.testing.ts';

test.each([
  { name: 'our ISS is 0', ours: -1000, theirs: 77 },
  { name: "the peer's ISS is 0", ours: 123_456, theirs: -5000 },
  { name: 'the numbers wrap within the handshake', ours: -1001, theirs: -5001 },
  { name: 'the numbers wrap in the data', ours: -1006, theirs: -5009 },
  { name: 'signed numbers would turn', ours: 2 ** 31 - 1006, theirs: 2 ** 31 - 5009 },
])('the table of verdicts holds when $name', async (shift) => {
  expect(await disagreements(shift)).toEqual([]);
});
