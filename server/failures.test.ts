import { expect, test } from 'vitest';
import { ManualClock } from './clock.testing.ts';
import { Failures } from './failures.ts';

test('who has to wait is not forgotten for whoever else fails meanwhile, and the number that is kept has an end', () => {
  const clock = new ManualClock();
  const failures = new Failures(clock, { free: 2, firstMs: 1000, mostMs: 60_000 });
  failures.charge('Zoe');
  failures.charge('Zoe');
  expect(failures.waitMs('Zoe')).toBe(1000);
  failures.charge('Yan');
  for (let i = 0; i < 10_050; i++) failures.charge(`nobody ${i}`);
  expect(failures.waitMs('Zoe')).toBe(1000);
  // Forgotten: the second failure would have it wait.
  failures.charge('Yan');
  expect(failures.waitMs('Yan')).toBe(0);
});
