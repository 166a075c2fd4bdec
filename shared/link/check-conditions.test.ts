import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONDITION_BOUNDS, DISTRIBUTIONS, checkConditions } from './check-conditions.ts';
import { independentBurst, plainConditions } from './conditions.ts';
import type { Conditions } from './conditions.ts';
import { sendInto } from './draw.testing.ts';
import { PRESETS } from './presets.ts';
import { newWire } from './wire.ts';

const good = plainConditions(1500);

/**
 * Numbers inside their bounds, with the bounds themselves among them; they may still be impossible together.
 */
function anyConditions(): fc.Arbitrary<Conditions> {
  const within = (field: keyof typeof CONDITION_BOUNDS): fc.Arbitrary<number> => {
    const { min, max } = CONDITION_BOUNDS[field];
    return fc.oneof(fc.constantFrom(min, max), fc.double({ min, max, noNaN: true }));
  };
  return fc.record(
    {
      delayMs: within('delayMs'),
      jitterMs: within('jitterMs'),
      distribution: fc.constantFrom(...DISTRIBUTIONS),
      lossPct: within('lossPct'),
      burstSegments: within('burstSegments'),
      duplicatePct: within('duplicatePct'),
      corruptPct: within('corruptPct'),
      reorderPct: within('reorderPct'),
      rateSegmentsPerS: fc.option(within('rateSegmentsPerS')),
      rateBps: fc.option(within('rateBps')),
      limitSegments: fc.integer(CONDITION_BOUNDS.limitSegments),
    },
    {
      requiredKeys: [
        'delayMs',
        'jitterMs',
        'distribution',
        'lossPct',
        'burstSegments',
        'duplicatePct',
        'corruptPct',
        'reorderPct',
        'rateSegmentsPerS',
        'limitSegments',
      ],
    },
  );
}

test('what is in order comes back as it was', () => {
  const conditions = { ...good, lossPct: 20, burstSegments: 4, rateBps: 9600, reorderPct: 5 };
  expect(checkConditions(conditions)).toEqual({ ok: true, value: conditions });
});

test.each(Object.entries(CONDITION_BOUNDS))(
  '%s is taken at both bounds and refused beyond, naming them',
  (field, { min, max }) => {
    // Company in which neither bound is impossible.
    const company = { ...good, lossPct: 0, burstSegments: 1 };
    for (const x of [min, max]) {
      const result = checkConditions({ ...company, [field]: x });
      expect(result.ok || result.error.code).toBe(
        field === 'lossPct' && x === max ? 'link/infeasible' : true,
      );
    }
    expect(checkConditions({ ...company, [field]: min - 0.001 })).toEqual({
      ok: false,
      error: { code: 'link/out-of-range', with: { field, given: min - 0.001, min, max } },
    });
    expect(checkConditions({ ...company, [field]: max + 1 })).toMatchObject({
      ok: false,
      error: { code: 'link/out-of-range' },
    });
    expect(checkConditions({ ...company, [field]: Infinity })).toEqual({
      ok: false,
      error: { code: 'link/out-of-range', with: { field, min, max } },
    });
  },
);

test.each<[string, unknown]>([
  ['conditions', null],
  ['conditions', [good]],
  ['conditions', 'fast'],
  ['distribution', { ...good, distribution: 'gauss' }],
  ['distribution', { ...good, distribution: undefined }],
  ['delayMs', { ...good, delayMs: '5' }],
  ['delayMs', { ...good, delayMs: null }],
  ['lossPct', { ...good, lossPct: NaN }],
  ['limitSegments', { ...good, limitSegments: 2.5 }],
  ['correlationPct', { ...good, correlationPct: 25 }],
  ['__proto__', JSON.parse('{"__proto__": 1}')],
])('%s is named when it is missing, unknown or no number', (field, value) => {
  expect(checkConditions(value)).toEqual({ ok: false, error: { code: 'message/invalid', with: { field } } });
});

test('a change is whole: leaving out any one field is refused', () => {
  for (const field of Object.keys(good)) {
    const { [field as keyof Conditions]: _left, ...rest } = good;
    expect(checkConditions(rest)).toEqual({ ok: false, error: { code: 'message/invalid', with: { field } } });
  }
});

test('more loss than runs of that length leave room for is refused with the most there can be', () => {
  expect(checkConditions({ ...good, lossPct: 60, burstSegments: 1 })).toEqual({
    ok: false,
    error: { code: 'link/infeasible', with: { field: 'lossPct', lossPct: 60, burstSegments: 1, max: 50 } },
  });
  expect(checkConditions({ ...good, lossPct: 50, burstSegments: 1 }).ok).toBe(true);
  expect(checkConditions({ ...good, lossPct: 60, burstSegments: independentBurst(60) }).ok).toBe(true);
  expect(checkConditions({ ...good, lossPct: 100, burstSegments: 1000 })).toMatchObject({
    ok: false,
    error: { with: { max: 99.9 } },
  });
});

test('the most that a refusal names is itself accepted', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1000, noNaN: true }), (burstSegments) => {
      const refused = checkConditions({ ...good, lossPct: 100, burstSegments });
      const max = refused.ok ? NaN : refused.error.with?.['max'];
      expect(checkConditions({ ...good, lossPct: max, burstSegments }).ok).toBe(true);
    }),
  );
});

test('reordering needs a delay to skip, and there is only one rate', () => {
  expect(checkConditions({ ...good, delayMs: 0, reorderPct: 10 })).toEqual({
    ok: false,
    error: { code: 'link/infeasible', with: { field: 'reorderPct', reorderPct: 10, delayMs: 0 } },
  });
  expect(checkConditions({ ...good, rateBps: 9600, rateSegmentsPerS: 2 })).toMatchObject({
    ok: false,
    error: { code: 'link/infeasible', with: { field: 'rateBps' } },
  });
});

test('whatever is accepted can be drawn from: whole instants, never before the segment was sent', () => {
  fc.assert(
    fc.property(anyConditions(), fc.array(fc.nat(5000), { maxLength: 30 }), (conditions, gaps) => {
      fc.pre(checkConditions(conditions).ok);
      let wire = newWire(conditions);
      let now = 0;
      for (const gap of gaps) {
        now += gap;
        const drawn = sendInto('any', 'server', wire, gap % 1460, now, true);
        wire = drawn.wire;
        const { fate } = drawn;
        expect(fate.copies.length === 0).toBe(fate.lost !== null);
        for (const { arrivesMs } of fate.copies) {
          expect(Number.isSafeInteger(arrivesMs)).toBe(true);
          expect(arrivesMs).toBeGreaterThanOrEqual(now);
        }
        expect(JSON.parse(JSON.stringify(drawn))).toEqual(drawn);
      }
    }),
  );
});

test('presets are in bounds, real and slowed down, and have names of their own', () => {
  for (const { real, classroom } of PRESETS) {
    expect(checkConditions(real).ok).toBe(true);
    expect(checkConditions(classroom).ok).toBe(true);
    expect(classroom.delayMs).toBe(20 * real.delayMs);
    expect(classroom.jitterMs).toBe(20 * real.jitterMs);
    expect(classroom.lossPct).toBe(real.lossPct);
  }
  expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length);
});
