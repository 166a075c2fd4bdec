import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainConditions } from './conditions.ts';
import type { Conditions } from './conditions.ts';
import { delayOf } from './delay.ts';
import { sendInto } from './draw.testing.ts';
import type { Fate } from './fate.ts';
import { normalQuantile } from './normal-quantile.ts';
import { paretoQuantile } from './pareto-quantile.ts';
import { normalCdf } from './statistics.testing.ts';
import { newWire, purge, setConditions, wireAfter } from './wire.ts';

const wireOf = (conditions: Partial<Conditions>) => newWire({ ...plainConditions(100), ...conditions });

/** Sends one after the other at the given instants. */
function send(start: ReturnType<typeof wireOf>, instants: readonly number[], seed = 'seed'): Fate[] {
  let wire = start;
  return instants.map((at) => {
    const drawn = sendInto(seed, 'client', wire, 0, at, true);
    wire = drawn.wire;
    return drawn.fate;
  });
}

test('on a plain link a segment takes the delay and no dice are thrown', () => {
  expect(sendInto('seed', 'client', wireOf({}), 11, 40, true)).toEqual({
    fate: {
      n: 1,
      conditionsVersion: 1,
      copies: [{ arrivesMs: 140, corrupted: false }],
      lost: null,
      rolls: {},
    },
    wire: { ...wireOf({}), sent: 1, queue: [140] },
  });
});

test('the two directions throw different dice', () => {
  const wire = wireOf({ jitterMs: 50 });
  const [there, back] = ['client', 'server'].map(
    (from) => sendInto('seed', from, wire, 0, 0, true).fate.rolls['delay'],
  );
  expect(there).not.toBe(back);
});

test('the n-th segment rolls the same whatever was changed or cut before it', () => {
  const eventful = fc.array(
    fc.record({
      gap: fc.nat(3000),
      up: fc.boolean(),
      change: fc.option(
        fc.record({
          delayMs: fc.nat(5000),
          duplicatePct: fc.constantFrom(0, 30),
          limitSegments: fc.integer({ min: 1, max: 5 }),
        }),
      ),
    }),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(eventful, (events) => {
      const base = { ...plainConditions(100), jitterMs: 20, lossPct: 30, burstSegments: 3 };
      let quiet = newWire(base);
      let lively = newWire(base);
      let now = 0;
      for (const { gap, up, change } of events) {
        now += gap;
        if (change) lively = setConditions(lively, { ...lively.conditions, ...change });
        const calm = sendInto('seed', 'client', quiet, 0, now, true);
        const wild = sendInto('seed', 'client', lively, 0, now, up);
        for (const [name, roll] of Object.entries(calm.fate.rolls)) {
          if (!name.endsWith('Below') && name in wild.fate.rolls) expect(wild.fate.rolls[name]).toBe(roll);
        }
        [quiet, lively] = [calm.wire, wild.wire];
      }
    }),
  );
});

test('touching nothing but delay, limit and cable leaves every loss where it was', () => {
  const instants = Array.from({ length: 200 }, (_, i) => i * 10);
  const lossy = { lossPct: 30, burstSegments: 3 };
  const lostOf = (fates: readonly Fate[]) => fates.map(({ rolls }) => rolls['loss']! < rolls['lossBelow']!);
  let wire = wireOf(lossy);
  const shaken = instants.map((at, i) => {
    if (i % 20 === 0)
      wire = setConditions(wire, { ...wire.conditions, delayMs: i * 7, limitSegments: 1 + (i % 3) });
    const drawn = sendInto('seed', 'client', wire, 0, at, i % 7 > 0);
    wire = drawn.wire;
    return drawn.fate;
  });
  expect(lostOf(shaken)).toEqual(lostOf(send(wireOf(lossy), instants)));
  expect(shaken.some(({ lost }) => lost === 'limit') && shaken.some(({ lost }) => lost === 'cable')).toBe(
    true,
  );
});

test('a log is replayed from the fates alone', () => {
  const stormy: Conditions = {
    ...plainConditions(100),
    jitterMs: 90,
    lossPct: 30,
    burstSegments: 3,
    duplicatePct: 20,
    corruptPct: 10,
    reorderPct: 10,
    rateSegmentsPerS: 3,
    limitSegments: 4,
  };
  let drawn = newWire(stormy);
  let replayed = newWire(stormy);
  for (let i = 0; i < 300; i++) {
    if (i % 50 === 25)
      [drawn, replayed] = [drawn, replayed].map((w) => setConditions(w, { ...stormy, lossPct: i / 10 })) as [
        typeof drawn,
        typeof drawn,
      ];
    const step = sendInto('seed', 'server', drawn, 3, i * 200, i % 9 > 0);
    drawn = step.wire;
    replayed = wireAfter(replayed, JSON.parse(JSON.stringify(step.fate)) as Fate, i * 200);
    expect(replayed).toEqual(drawn);
  }
});

test('each fate names the version of the conditions it was drawn from', () => {
  const first = sendInto('seed', 'client', wireOf({}), 0, 0, true);
  const changed = setConditions(first.wire, plainConditions(9));
  expect(first.fate.conditionsVersion).toBe(1);
  expect(sendInto('seed', 'client', changed, 0, 0, true).fate.conditionsVersion).toBe(2);
});

describe('the queue', () => {
  test('takes as many as the limit says; those behind are dropped until one has left', () => {
    const fates = send(wireOf({ limitSegments: 2 }), [0, 10, 20, 99, 100, 101]);
    expect(fates.map(({ lost }) => lost)).toEqual([null, null, 'limit', 'limit', null, 'limit']);
  });

  test('a lowered limit throws nothing out', () => {
    const full = send(wireOf({}), [0, 1, 2]).reduce((wire, fate, i) => wireAfter(wire, fate, i), wireOf({}));
    const lowered = setConditions(full, { ...full.conditions, limitSegments: 1 });
    expect(lowered.queue).toEqual([100, 101, 102]);
    expect(sendInto('seed', 'client', lowered, 0, 50, true).fate.lost).toBe('limit');
  });

  test('under a rate a segment waits for the ones before it, counting from before rounding', () => {
    const fates = send(wireOf({ rateSegmentsPerS: 3 }), [0, 0, 0]);
    expect(fates.map(({ copies }) => copies[0]!.arrivesMs)).toEqual([434, 767, 1100]);
  });

  test('bits a second count the octets of the segment with its headers', () => {
    const wire = wireOf({ rateBps: 8000 });
    expect(sendInto('seed', 'client', wire, 0, 0, true).fate.copies[0]!.arrivesMs).toBe(140);
    expect(sendInto('seed', 'client', wire, 60, 0, true).fate.copies[0]!.arrivesMs).toBe(200);
  });

  test('a faster setting does not let new segments pass the ones that wait', () => {
    const slow = sendInto('seed', 'client', wireOf({ delayMs: 5000, rateSegmentsPerS: 1 }), 0, 0, true).wire;
    const fast = setConditions(slow, { ...plainConditions(0), rateSegmentsPerS: 10 });
    expect(sendInto('seed', 'client', fast, 0, 100, true).fate.copies[0]!.arrivesMs).toBe(6100);
  });

  test('reordered segments pass it, and take no place in it', () => {
    const start = wireOf({ rateSegmentsPerS: 1 });
    const waiting = sendInto('seed', 'client', start, 0, 0, true).wire;
    const passing = setConditions(waiting, { ...start.conditions, reorderPct: 100 });
    const { fate, wire } = sendInto('seed', 'client', passing, 0, 10, true);
    expect(fate.copies).toEqual([{ arrivesMs: 10, corrupted: false }]);
    expect(wire.queue).toEqual([1100]);
  });

  test('the copy of a duplicate goes first and fills the same queue', () => {
    const { fate, wire } = sendInto(
      'seed',
      'client',
      wireOf({ duplicatePct: 100, rateSegmentsPerS: 1 }),
      0,
      0,
      true,
    );
    expect(fate.copies.map(({ arrivesMs }) => arrivesMs)).toEqual([2100, 1100]);
    expect(wire.queue).toEqual([1100, 2100]);
  });

  test('cutting the cable empties it', () => {
    const { wire } = sendInto('seed', 'client', wireOf({}), 0, 0, true);
    expect(purge(wire)).toEqual({ ...wire, queue: [] });
  });
});

test('with the cable cut everything is lost, and said to be lost to that', () => {
  const { fate } = sendInto('seed', 'client', wireOf({ duplicatePct: 100, lossPct: 50 }), 0, 0, false);
  expect(fate.lost).toBe('cable');
  expect(fate.copies).toEqual([]);
});

test('a corrupted segment arrives; its copy was made before', () => {
  const { fate } = sendInto('seed', 'client', wireOf({ corruptPct: 50, duplicatePct: 100 }), 0, 0, true);
  expect(fate.copies.map(({ corrupted }) => corrupted)).toEqual([
    fate.rolls['corrupt']! < 0.5,
    fate.rolls['copyCorrupt']! < 0.5,
  ]);
});

describe('delay', () => {
  test('is never negative, and a larger roll is never a shorter delay', () => {
    for (const distribution of ['uniform', 'normal', 'pareto', 'paretonormal'] as const) {
      let last = 0;
      for (let i = 0; i < 1000; i++) {
        const delay = delayOf({ delayMs: 10, jitterMs: 100, distribution }, (i + 0.5) / 1000);
        expect(delay).toBeGreaterThanOrEqual(last);
        last = delay;
      }
      expect(delayOf({ delayMs: 10, jitterMs: 100, distribution }, 0.001)).toBe(0);
    }
  });

  test('the quantile of the normal distribution is the inverse of its distribution function', () => {
    for (const u of [1e-9, 0.001, 0.07, 0.0751, 0.5, 0.93, 0.999])
      expect(normalCdf(normalQuantile(u)) / u).toBeCloseTo(1, 6);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 12);
    expect(normalQuantile(2 ** -33)).toBeCloseTo(-normalQuantile(1 - 2 ** -33), 6);
  });

  test('all shapes but the uniform have mean 0 and deviation 1', () => {
    const N = 200_000;
    for (const distribution of ['normal', 'pareto', 'paretonormal'] as const) {
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < N; i++) {
        // So far from 0 that nothing is clamped.
        const x = delayOf({ delayMs: 1000, jitterMs: 1, distribution }, (i + 0.5) / N) - 1000;
        sum += x;
        squares += x * x;
      }
      expect(sum / N).toBeCloseTo(0, 5);
      expect(squares / N).toBeCloseTo(1, 4);
    }
    expect([paretoQuantile(0), paretoQuantile(1)].map((z) => z.toFixed(2))).toEqual(['-0.83', '5.77']);
  });
});
