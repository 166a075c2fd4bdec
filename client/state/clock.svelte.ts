import { createSubscriber } from 'svelte/reactivity';
import type { Clock } from '../../shared/table/clock.ts';
import { serverClock } from '../net/server-clock.ts';
import { reducedMotion } from './motion.ts';

/** With reduced motion things jump, once in a while, instead of gliding. */
const STEP_MS = 500;

/** Beats once a frame while somebody looks, and not at all otherwise. */
const frames = createSubscriber((update) => {
  let frame = requestAnimationFrame(function beat() {
    update();
    frame = requestAnimationFrame(beat);
  });
  return () => cancelAnimationFrame(frame);
});

/** Beats twice a second while somebody looks. */
const steps = createSubscriber((update) => {
  const timer = setInterval(update, STEP_MS);
  return () => clearInterval(timer);
});

/**
 * The virtual instant that a table's clock shows now, ms. Read inside a template or a
 * `$derived`, it moves: with every frame, or (`coarse`, and for people who want little motion) twice a
 * second. A clock that stands makes nobody beat.
 */
export function virtualNow(clock: Clock | null | undefined, { coarse = false } = {}): number {
  if (!clock) return 0;
  if (clock.rate === 0) return clock.ms;
  if (coarse || reducedMotion.current) steps();
  else frames();
  return Math.max(clock.ms, clock.ms + (serverClock.now() - clock.at) * clock.rate);
}
