import { afterAll, describe, expect, test } from 'vitest';
import type { Conditions, Distribution } from './conditions.ts';
import { independentBurst, plainConditions } from './conditions.ts';
import { sendInto } from './draw.testing.ts';
import type { Fate } from './fate.ts';
import { deviation, kolmogorovSmirnov, mean, normalCdf, twoSided } from './statistics.testing.ts';
import { newWire } from './wire.ts';

/*
 * The dice against theory (100,000 draws a setting and more). The seed is fixed, so this passes always or
 * never; a p-value below ALARM would mean that chance alone explains the distance in fewer than one of a
 * thousand seeds.
 */
const SEED = 'netem';
const DRAWS = 100_000;
const ALARM = 0.001;

const report: string[] = [];
afterAll(() => console.log(['p-values of the link’s dice', ...report].join('\n  ')));

function say(setting: string, what: string, measured: number, theory: number, p: number): void {
  report.push(
    `${setting.padEnd(34)} ${what.padEnd(14)} measured ${measured.toFixed(4).padStart(10)}  theory ${theory.toFixed(4).padStart(10)}  p ${p.toFixed(3)}`,
  );
  expect(p, `${setting}: ${what}`).toBeGreaterThan(ALARM);
}

/**
 * Each setting has its own dice, or one unlucky seed would show in all. Sends segments at the given instants
 * (default: so far apart that none meets another) and returns their fates.
 */
function draw(
  conditions: Partial<Conditions>,
  draws = DRAWS,
  at: (i: number) => number = (i) => i * 1e6,
): Fate[] {
  let wire = newWire({ ...plainConditions(0), ...conditions });
  const seed = `${SEED} ${Object.values(conditions).join(' ')}`;
  const fates: Fate[] = [];
  for (let i = 0; i < draws; i++) {
    const drawn = sendInto(seed, 'client', wire, 0, at(i), true);
    wire = drawn.wire;
    fates.push(drawn.fate);
  }
  return fates;
}

const dueMs = (fate: Fate): number => fate.copies[0]!.dueMs ?? fate.copies[0]!.arrivesMs;

/** p-value of a share of `n` independent draws. */
function shareP(measured: number, theory: number, n: number): number {
  return twoSided((measured - theory) / Math.sqrt((theory * (1 - theory)) / n));
}

describe('loss has the average and the runs that were asked for', () => {
  const settings = [
    [10, independentBurst(10)],
    [5, 1],
    [50, 1],
    [9.1, 2],
    [20, 4],
    [75, 3],
  ] as const;
  test.each(settings)('%f per cent in runs of %f', (lossPct, burstSegments) => {
    // Long runs of few losses: the average takes more draws to be sure of.
    const lost = draw({ lossPct, burstSegments }, lossPct > 50 || burstSegments < 2 ? DRAWS : 3 * DRAWS).map(
      (fate) => fate.lost === 'loss',
    );
    const setting = `loss ${lossPct} % runs ${burstSegments.toFixed(2)}`;

    const share = mean(lost.map(Number));
    const L = lossPct / 100;
    const r = 1 / burstSegments;
    // Neighbours resemble each other by this much, which widens the spread of the average.
    const likeness = 1 - r - L / (burstSegments * (1 - L));
    const spread = Math.sqrt((L * (1 - L) * ((1 + likeness) / (1 - likeness))) / lost.length);
    expect(Math.abs(share - L)).toBeLessThan(0.003);
    // In 50 % of runs of 1 every second segment is lost: no spread is left.
    say(setting, 'average', share, L, spread < 1e-9 ? 1 : twoSided((share - L) / spread));

    const runs = lost.reduce((count, bad, i) => count + Number(bad && !lost[i - 1]), 0);
    const run = lost.filter(Boolean).length / runs;
    expect(Math.abs(run / burstSegments - 1)).toBeLessThan(0.03);
    const runSpread = Math.sqrt((1 - r) / (r * r) / runs);
    say(
      setting,
      'mean run',
      run,
      burstSegments,
      runSpread === 0 ? 1 : twoSided((run - burstSegments) / runSpread),
    );
  });

  test('netem’s chain of p 5 % and r 50 % has its 1/11 of loss in runs of 2', () => {
    const lossPct = 100 * (0.05 / 0.55);
    const lost = draw({ lossPct, burstSegments: 2 }).map((fate) => fate.lost === 'loss');
    const afterGood = lost.filter((_, i) => i > 0 && !lost[i - 1]);
    say(
      'chain p 5 % r 50 %',
      'good to bad',
      mean(afterGood.map(Number)),
      0.05,
      shareP(mean(afterGood.map(Number)), 0.05, afterGood.length),
    );
    const afterBad = lost.filter((_, i) => i > 0 && lost[i - 1]);
    say(
      'chain p 5 % r 50 %',
      'bad to bad',
      mean(afterBad.map(Number)),
      0.5,
      shareP(mean(afterBad.map(Number)), 0.5, afterBad.length),
    );
  });

  test('the first segment of a direction is lost as often as any other', () => {
    let lost = 0;
    const wire = newWire({ ...plainConditions(0), lossPct: 20, burstSegments: 4 });
    for (let i = 0; i < DRAWS; i++)
      lost += Number(sendInto(`${SEED} ${i}`, 'client', wire, 0, 0, true).fate.lost === 'loss');
    say('loss 20 % runs 4, other seeds', 'first lost', lost / DRAWS, 0.2, shareP(lost / DRAWS, 0.2, DRAWS));
  });
});

describe('delay has the mean and the shape that were asked for', () => {
  const MU = 10_000;
  const SIGMA = 1500;
  // Written down anew rather than taken from the code under test.
  const MASS = 1 - 1 / 4.5 ** 3;
  const X_MEAN = (1.5 * (1 - 1 / 4.5 ** 2)) / MASS;
  const X_SD = Math.sqrt((3 * (1 - 1 / 4.5)) / MASS - X_MEAN ** 2);
  const paretoCdf = (z: number): number => (1 - (X_MEAN + X_SD * z) ** -3) / MASS;
  /**
   * Both parts have the same rank; looks for the normal part z whose Pareto partner of that rank makes up the
   * sum.
   */
  const paretonormalCdf = (x: number): number => {
    let low = -8;
    let high = 8;
    for (let i = 0; i < 32; i++) {
      const z = (low + high) / 2;
      const partner = ((1 - normalCdf(z) * MASS) ** (-1 / 3) - X_MEAN) / X_SD;
      if ((z / 4 + (3 * partner) / 4) / Math.sqrt(0.625 + 0.375 * 0.85836647) < x) low = z;
      else high = z;
    }
    return normalCdf(low);
  };
  const shapes: readonly [Distribution, number, (z: number) => number][] = [
    ['uniform', 1 / Math.sqrt(3), (z) => (z + 1) / 2],
    ['normal', 1, normalCdf],
    ['pareto', 1, paretoCdf],
    ['paretonormal', 1, paretonormalCdf],
  ];

  test.each(shapes)('%s', (distribution, sd, cdf) => {
    const delays = draw({ delayMs: MU, jitterMs: SIGMA, distribution }).map(
      (fate, i) => dueMs(fate) - i * 1e6,
    );
    const setting = `delay ${MU} ± ${SIGMA} ${distribution}`;
    expect(Math.abs(mean(delays) / MU - 1)).toBeLessThan(0.01);
    say(setting, 'mean', mean(delays), MU, twoSided((mean(delays) - MU) / ((sd * SIGMA) / Math.sqrt(DRAWS))));
    const flatness = mean(delays.map((delay) => ((delay - MU) / (sd * SIGMA)) ** 4));
    const spread = sd * SIGMA * Math.sqrt((flatness - 1) / (4 * DRAWS));
    say(
      setting,
      'deviation',
      deviation(delays),
      sd * SIGMA,
      twoSided((deviation(delays) - sd * SIGMA) / spread),
    );
    const { d, p } = kolmogorovSmirnov(
      delays.map((delay) => (delay - MU) / SIGMA),
      cdf,
    );
    say(setting, 'K–S distance', d, 0, p);
  });

  test('the test of shapes tells them apart', () => {
    const delays = draw({ delayMs: MU, jitterMs: SIGMA, distribution: 'normal' }, 50_000).map(
      (fate, i) => dueMs(fate) - i * 1e6,
    );
    const z = delays.map((delay) => (delay - MU) / SIGMA);
    expect(kolmogorovSmirnov(z, (x) => normalCdf(x * 1.05)).p).toBeLessThan(ALARM);
    expect(kolmogorovSmirnov(z, paretoCdf).p).toBeLessThan(ALARM);
  });

  test('rounding up to a whole millisecond adds less than one', () => {
    for (const fate of draw({ delayMs: 20, jitterMs: 5, distribution: 'normal' }, 1000)) {
      const [copy] = fate.copies;
      expect(Number.isInteger(copy!.arrivesMs)).toBe(true);
      expect(copy!.arrivesMs - dueMs(fate)).toBeGreaterThanOrEqual(0);
      expect(copy!.arrivesMs - dueMs(fate)).toBeLessThan(1);
    }
  });
});

describe('without a rate, jitter lets a segment overtake the one before it', () => {
  test.each([
    [50, 10],
    [100, 50],
    [100, 150],
  ])('jitter %i ms, sent %i ms apart', (sigma, apart) => {
    const at = (i: number): number => Math.floor(i / 2) * 1e6 + (i % 2) * apart;
    const fates = draw({ delayMs: 1000, jitterMs: sigma }, DRAWS, at);
    const pairs = fates.length / 2;
    let overtaken = 0;
    for (let i = 0; i < fates.length; i += 2) overtaken += Number(dueMs(fates[i + 1]!) < dueMs(fates[i]!));
    const theory = (2 * sigma - apart) ** 2 / (8 * sigma * sigma);
    say(
      `jitter ${sigma}, ${apart} ms apart`,
      'overtaking',
      overtaken / pairs,
      theory,
      shareP(overtaken / pairs, theory, pairs),
    );
  });
});

describe('duplicate, corrupt and reorder strike as often as asked', () => {
  test('alone', () => {
    const fates = draw({ delayMs: 100, duplicatePct: 7, corruptPct: 3, reorderPct: 12 });
    const check = (what: string, theory: number, test: (fate: Fate, i: number) => boolean): void => {
      const share = mean(fates.map((fate, i) => Number(test(fate, i))));
      say('duplicate 7 corrupt 3 reorder 12', what, share, theory, shareP(share, theory, DRAWS));
    };
    check('duplicated', 0.07, (fate) => fate.copies.length === 2);
    check('corrupted', 0.03, (fate) => fate.copies[0]!.corrupted);
    check('reordered', 0.12, (fate, i) => fate.copies[0]!.arrivesMs === i * 1e6);
    check('copy corrupted', 0.07 * 0.03, (fate) => fate.copies[1]?.corrupted === true);
    check('copy reordered', 0.07 * 0.12, (fate, i) => fate.copies[1]?.arrivesMs === i * 1e6);
  });

  test('a loss takes one of the two copies, and the second copy can be lost by itself', () => {
    const [D, L] = [0.4, 0.25];
    const fates = draw({ duplicatePct: 100 * D, lossPct: 100 * L, burstSegments: independentBurst(100 * L) });
    [L * (1 - D), (1 - L) * (1 - D) + D * (L + (1 - L) * L), D * (1 - L) * (1 - L)].forEach(
      (theory, copies) => {
        const share = mean(fates.map((fate) => Number(fate.copies.length === copies)));
        say('duplicate 40 loss 25', `${copies} copies`, share, theory, shareP(share, theory, DRAWS));
      },
    );
    expect(fates.every((fate) => (fate.lost === null) === fate.copies.length > 0)).toBe(true);
  });
});

describe('under a rate', () => {
  test('segments leave one after the other, each exactly one serialisation after what holds it back', () => {
    // 4 a second, in pairs a second apart: the second of a pair always waits for the first.
    const at = (i: number): number => Math.floor(i / 2) * 1000;
    const fates = draw({ delayMs: 60, rateSegmentsPerS: 4 }, DRAWS, at);
    const early = fates.findIndex((fate, i) => dueMs(fate) !== at(i) + 60 + 250 * (1 + (i % 2)));
    expect(early).toBe(-1);
  });

  test('jitter spreads the segments but never changes their order', () => {
    const at = (i: number): number => i * 100;
    const fates = draw(
      { delayMs: 900, jitterMs: 800, distribution: 'normal', rateSegmentsPerS: 15 },
      DRAWS,
      at,
    );
    const closest = fates
      .slice(1)
      .reduce((least, fate, i) => Math.min(least, dueMs(fate) - dueMs(fates[i]!)), Infinity);
    expect(closest).toBeCloseTo(1000 / 15, 3);
  });
});
