/**
 * The virtual clock: at epoch instant `at` it showed `ms`, and runs at `rate` (0: paused, or not yet
 * started).
 */
export interface Clock {
  readonly at: number;
  readonly ms: number;
  readonly rate: number;
}

/** Virtual ms per ms. All are powers of two, or zero, so that instants stay exact. */
export const RATES: readonly number[] = [0, 0.25, 0.5, 1, 2, 4];

/** What the clock shows at the epoch instant `at`, virtual ms. It never shows less than when it was set. */
export function virtualAt(clock: Clock, at: number): number {
  return clock.ms + Math.max(0, at - clock.at) * clock.rate;
}

/** The first whole epoch ms at which the clock shows at least `ms`; null while it stands. */
export function instantOf(clock: Clock, ms: number): number | null {
  if (clock.rate === 0) return null;
  let at = Math.max(clock.at, Math.ceil(clock.at + (ms - clock.ms) / clock.rate));
  // A quotient may have been rounded down by a bit: an alarm that rings too early would ring for nothing.
  while (virtualAt(clock, at) < ms) at += 1;
  return at;
}

/** The same clock, running at another rate from `at` on. */
export function setRate(clock: Clock, at: number, rate: number): Clock {
  return { at: Math.max(at, clock.at), ms: virtualAt(clock, at), rate };
}
