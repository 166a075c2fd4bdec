import { expect, test } from 'vitest';
import { hashPin, isLaneFull, laneOf, matches } from './slow-hash.ts';

test('names that are nobody’s fill a lane of their address, and no other', async () => {
  const kept = await hashPin('123456');
  const lane = laneOf(null, '10.0.0.7');
  expect(isLaneFull(lane)).toBe(false);
  const tries = Array.from({ length: 20 }, () => matches(kept, '000000', lane));
  expect(isLaneFull(lane)).toBe(true);
  expect(isLaneFull(laneOf(null, '10.0.0.8'))).toBe(false);
  expect(isLaneFull(laneOf('Ana', '10.0.0.7'))).toBe(false);
  expect(await matches(kept, '123456', laneOf('Ana', '10.0.0.7'))).toBe(true);
  expect(new Set(await Promise.all(tries))).toEqual(new Set([false]));
  expect(isLaneFull(lane)).toBe(false);
});
