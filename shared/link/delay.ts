import { unreachable } from '../result.ts';
import type { Conditions } from './conditions.ts';
import { normalQuantile } from './normal-quantile.ts';
import { paretoQuantile } from './pareto-quantile.ts';

/**
 * Standard deviation of a quarter of a normal and three quarters of a Pareto value of the same rank. Both
 * have standard deviation 1, so this is √(1/16 + 9/16 + 3/8 · c), where c is their covariance; a test
 * integrates it.
 */
const PARETONORMAL_SD = Math.sqrt(0.625 + 0.375 * 0.8583665);

/**
 * One-way delay for a roll
 * `u` in (0, 1), ms: the delay's quantile function, so that a larger roll is a longer delay and `u` is the
 * share of segments that are faster. The mean is `delayMs`; `jitterMs` is half the width of `uniform` (as in
 * netem, whose standard deviation is then jitter / √3) and the standard deviation of the others.
 *
 * The shapes are those of the tables that iproute2 (netem/normal.c, pareto.c, paretonormal.c) hands to netem,
 * as formulas and put right where the tables' own mean or deviation is off. Never below 0: a segment does not
 * arrive before it is sent.
 */
export function delayOf(
  conditions: Pick<Conditions, 'delayMs' | 'jitterMs' | 'distribution'>,
  u: number,
): number {
  const { delayMs, jitterMs, distribution } = conditions;
  if (jitterMs === 0) return delayMs;
  return Math.max(0, delayMs + jitterMs * deviation(distribution, u));
}

function deviation(distribution: Conditions['distribution'], u: number): number {
  switch (distribution) {
    case 'uniform':
      return 2 * u - 1;
    case 'normal':
      return normalQuantile(u);
    case 'pareto':
      return paretoQuantile(u);
    case 'paretonormal':
      // One roll for both parts: iproute2's table adds the two tables entry by entry.
      return (0.25 * normalQuantile(u) + 0.75 * paretoQuantile(u)) / PARETONORMAL_SD;
    default:
      return unreachable(distribution);
  }
}
