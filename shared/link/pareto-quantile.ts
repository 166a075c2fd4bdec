/** Shape: the tail falls as x^−3, as in iproute2's netem/pareto.c. */
const A = 3;
/** Where the tail is cut, in multiples of the smallest value: the place at which iproute2's table ends. */
const CUT = 4.5;

// Moments of the Pareto distribution on [1, CUT]; those of the endless one would be 3/2 and 3/4.
const MASS = 1 - CUT ** -A;
const MEAN = ((A / (A - 1)) * (1 - CUT ** (1 - A))) / MASS;
const VARIANCE = ((A / (A - 2)) * (1 - CUT ** (2 - A))) / MASS - MEAN ** 2;
const SD = Math.sqrt(VARIANCE);

/**
 * Quantile function of the Pareto distribution with a = 3, cut at 4.5 times its smallest value and scaled to
 * mean 0 and standard deviation 1: from −0.83 to 5.77. The cut keeps single segments from arriving hours
 * later; since the moments are those of the cut distribution, mean and deviation are exact (of iproute2's
 * table they are −0.03 and 0.82).
 */
export function paretoQuantile(u: number): number {
  return ((1 - u * MASS) ** (-1 / A) - MEAN) / SD;
}
