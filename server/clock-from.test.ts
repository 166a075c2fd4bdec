import { expect, test } from 'vitest';
import { clockFrom } from './clock-from.ts';
import { ManualClock } from './clock.testing.ts';

test('a clock that is behind what was written down goes on from there, and one that is not stays as it is', () => {
  const behind = new ManualClock(1000);
  const clock = clockFrom(5000, behind);
  let called = 0;
  clock.after(100, () => called++);
  expect(clock.now()).toBe(5000);
  behind.advance(99);
  expect([clock.now(), called]).toEqual([5099, 0]);
  behind.advance(1);
  expect([clock.now(), called]).toEqual([5100, 1]);
  expect(clockFrom(1000, behind).now()).toBe(1100);
});
