import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextChangeAt } from './advance.ts';
import { RATES, instantOf, setRate, virtualAt } from './clock.ts';
import { START, exercise, script } from './script.testing.ts';

test('the instant of a virtual ms is the first whole ms at which the clock shows it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...RATES.filter((rate) => rate > 0)),
      fc.nat(4_000_000).map((quarters) => quarters / 4),
      fc.nat(10_000_000),
      (rate, ms, aheadMs) => {
        const clock = { at: START, ms, rate };
        const at = instantOf(clock, ms + aheadMs)!;
        expect(virtualAt(clock, at)).toBeGreaterThanOrEqual(ms + aheadMs);
        if (aheadMs > 0) expect(virtualAt(clock, at - 1)).toBeLessThan(ms + aheadMs);
      },
    ),
  );
});

test('changing the rate and back loses nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...RATES), fc.nat(1001))), (changes) => {
      let clock = { at: START, ms: 0, rate: 1 };
      let quarters = 0;
      for (const [rate, forMs] of changes) {
        quarters += clock.rate * 4 * forMs;
        clock = setRate(clock, clock.at + forMs, rate);
      }
      expect(clock.ms * 4).toBe(quarters);
    }),
  );
});

test('before the clock is set going nobody can act; an instant later the applications call', () => {
  const lab = script()`
      0  instructor rate 0
      0  client  > S 100:100(0)               ! refused table/paused
  `;
  expect(lab.log[1]).toMatchObject({ type: 'clock-set', rate: 1 });
  expect(lab.table.phase).toBe('paused');
});

test('paused, nothing expires and no end can act; afterwards everything goes on where it was', () => {
  const lab = script()`
      0  client  > S 100:100(0)
     30  instructor rate 0
  `;
  expect(nextChangeAt(lab.table)).toBeNull();
  const later = START + 3_600_000;
  const seg = { seq: 100, ack: 0, flags: 2, wnd: 0, dataOctets: 0 };
  expect(lab.ask('client', { type: 'send', seg }, later)).toMatchObject({ error: { code: 'table/paused' } });
  expect(lab.ask('link', { type: 'cut' }, later)).toMatchObject({ error: { code: 'table/paused' } });
  expect(lab.table.flights).toHaveLength(1);
  expect(lab.ask('instructor', { type: 'set-clock', rate: 3 }, later)).toMatchObject({
    error: { code: 'clock/invalid-rate' },
  });
  lab.ask('instructor', { type: 'set-clock', rate: 0.25 }, later);
  // 20 virtual ms are left of the way.
  expect(nextChangeAt(lab.table)).toBe(later + 80);
  lab.play(`
     50  server  < S 100:100(0)
   1000  client  timer rto
  `);
});

test('not started, over, or not allowed: each is refused by its name', () => {
  const lab = script({ scenario: exercise({ finish: 'established' }) })`
      0  client  > S 100:100(0)
     50  server  > S. 300:300(0) ack 101
    100  client  > . 101:101(0) ack 301
    150  table   over
  `;
  expect(nextChangeAt(lab.table)).toBeNull();
  expect(lab.table.clock).toEqual({ at: START + 150, ms: 150, rate: 0 });
  expect(lab.ask('client', { type: 'nothing' }, START + 151)).toMatchObject({
    error: { code: 'table/ended' },
  });
  expect(lab.ask('instructor', { type: 'end' }, START + 151)).toMatchObject({
    error: { code: 'table/ended' },
  });
  expect(lab.ask('client', { type: 'end' }, START + 151)).toMatchObject({
    error: { code: 'seat/not-allowed' },
  });
  expect(lab.ask('server', { type: 'cut' }, START + 151)).toMatchObject({
    error: { code: 'seat/not-allowed' },
  });
});
