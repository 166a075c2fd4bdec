/**
 * What the link's statistics are held against: tests that give a p-value. Nothing here is used outside tests.
 */

/**
 * Distribution function of the standard normal distribution, to about 1e-7: W. J. Cody's erfc as fitted by
 * Chebyshev polynomials.
 */
export function normalCdf(z: number): number {
  return erfc(-z / Math.SQRT2) / 2;
}

function erfc(x: number): number {
  const t = 1 / (1 + Math.abs(x) / 2);
  const fit = [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196,
    1.00002368, -1.26551223,
  ].reduce((sum, c) => sum * t + c, 0);
  const tail = t * Math.exp(-x * x + fit);
  return x >= 0 ? tail : 2 - tail;
}

/** How likely a standard normal value is to be at least this far from 0. */
export function twoSided(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

export function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (values.length - 1));
}

/**
 * Kolmogorov and Smirnov's test of a sample against a continuous distribution: the largest distance between
 * both distribution functions and how likely one at least as large is if the sample was drawn from it (the
 * asymptotic series with Stephens's correction).
 */
export function kolmogorovSmirnov(
  sample: readonly number[],
  cdf: (x: number) => number,
): { d: number; p: number } {
  const sorted = Float64Array.from(sample).sort();
  const n = sorted.length;
  let d = 0;
  sorted.forEach((x, i) => {
    const f = cdf(x);
    d = Math.max(d, f - i / n, (i + 1) / n - f);
  });
  const lambda = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * d;
  let p = 0;
  for (let k = 1; k <= 100; k++) p += 2 * (-1) ** (k - 1) * Math.exp(-2 * (k * lambda) ** 2);
  return { d, p: lambda < 0.2 ? 1 : Math.min(1, Math.max(0, p)) };
}
