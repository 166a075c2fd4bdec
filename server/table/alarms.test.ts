import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clock } from '../clock.ts';
import { ManualClock } from '../clock.testing.ts';
import { Alarms } from './alarms.ts';
import { Heap } from './heap.ts';

function ringing() {
  const clock = new ManualClock(0);
  const rung: [number, string][] = [];
  const alarms = new Alarms(clock, (id) => rung.push([clock.now(), id]));
  return { clock, rung, alarms };
}

test('each table is woken at its own instant, by one timer for all', () => {
  const { clock, rung, alarms } = ringing();
  alarms.set('b', 20);
  alarms.set('a', 10);
  alarms.set('c', 20);
  expect(clock.timers).toBe(1);
  clock.advance(15);
  expect(rung).toEqual([[10, 'a']]);
  clock.advance(100);
  expect(rung.slice(1).toSorted()).toEqual([
    [20, 'b'],
    [20, 'c'],
  ]);
  expect(clock.timers).toBe(0);
});

test('an alarm set anew rings once, at the new instant; a cleared one never', () => {
  const { clock, rung, alarms } = ringing();
  alarms.set('a', 10);
  alarms.set('a', 30);
  alarms.set('b', 10);
  alarms.set('b', null);
  alarms.set('c', 30);
  alarms.set('c', 5);
  clock.advance(100);
  expect(rung).toEqual([
    [5, 'c'],
    [30, 'a'],
  ]);
});

test('an alarm for an instant that has passed rings at once', () => {
  const { clock, rung, alarms } = ringing();
  clock.advance(50);
  alarms.set('a', 10);
  clock.advance(0);
  expect(rung).toEqual([[50, 'a']]);
});

test('a timer that fires early rings nothing before its time', () => {
  let now = 0;
  const pending: (() => void)[] = [];
  const early: Clock = {
    now: () => now,
    after: (_ms, call) => {
      pending.push(call);
      return { cancel: () => {} };
    },
  };
  const rung: string[] = [];
  const alarms = new Alarms(early, (id) => rung.push(id));
  alarms.set('a', 10);
  now = 9;
  pending.shift()!();
  expect(rung).toEqual([]);
  now = 10;
  pending.shift()!();
  expect(rung).toEqual(['a']);
});

test('setting one alarm over and over does not fill the memory', () => {
  const { clock, rung, alarms } = ringing();
  for (let at = 1; at <= 100_000; at++) alarms.set('a', at);
  expect(alarms.size).toBe(1);
  clock.advance(200_000);
  expect(rung).toEqual([[100_000, 'a']]);
});

test('a heap gives back what was put in, the smallest first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (numbers) => {
      const heap = new Heap<number>();
      for (const n of numbers) heap.add(n, n);
      const out = numbers.map(() => heap.takeFirst());
      expect(out).toEqual(numbers.toSorted((a, b) => a - b));
      expect(heap.size).toBe(0);
    }),
  );
});
