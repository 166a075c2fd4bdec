import { expect, test } from 'vitest';
import { Buckets } from './buckets.ts';
import { ManualClock } from './clock.testing.ts';

test('a bucket gives its burst at once, then so many a second, to each key its own', () => {
  const clock = new ManualClock();
  const buckets = new Buckets(clock, { burst: 3, perS: 2 });
  const take = (key: string, times: number) =>
    Array.from({ length: times }, () => buckets.take(key)).filter(Boolean).length;
  expect(take('a', 10)).toBe(3);
  expect(take('b', 10)).toBe(3);
  clock.advance(1000);
  expect(take('a', 10)).toBe(2);
  clock.advance(3_600_000);
  expect(take('a', 10)).toBe(3);
});

test('what is charged beyond the burst is a debt that time pays off', () => {
  const clock = new ManualClock();
  const buckets = new Buckets(clock, { burst: 1, perS: 1 });
  expect(buckets.waitMs('a')).toBe(0);
  for (let i = 0; i < 3; i++) buckets.charge('a');
  expect(buckets.waitMs('a')).toBe(3000);
  clock.advance(2999);
  expect(buckets.take('a')).toBe(false);
  clock.advance(1);
  expect(buckets.waitMs('a')).toBe(0);
  expect(buckets.take('a')).toBe(true);
});

test('a debt grows no further than to the longest wait', () => {
  const clock = new ManualClock();
  const buckets = new Buckets(clock, { burst: 2, perS: 0.5 }, 10_000);
  for (let i = 0; i < 100; i++) buckets.charge('a');
  expect(buckets.waitMs('a')).toBe(10_000);
  clock.advance(10_000);
  expect(buckets.take('a')).toBe(true);
});
