import type { Clock } from './clock.ts';

/**
 * A clock that never shows an instant before epoch ms `at`. A machine without a clock of its own starts
 * behind what it knew before a power cut, and what time brings would stand still until it had caught up.
 */
export function clockFrom(at: number, clock: Clock): Clock {
  const aheadMs = Math.max(0, at - clock.now());
  return aheadMs === 0 ? clock : { now: () => clock.now() + aheadMs, after: clock.after };
}
