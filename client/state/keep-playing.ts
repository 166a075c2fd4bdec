import { reducedMotion } from './motion.ts';
import type { Playback } from './playback.svelte.ts';

/** Without motion a replay goes from event to event, one in this time. */
const STEP_MS = 900;

/** Moves a replay on while it plays. For an effect: it is called anew when that begins, and undone. */
export function keepPlaying(playback: Playback): (() => void) | undefined {
  if (!playback.playing) return undefined;
  if (reducedMotion.current) {
    const timer = setInterval(() => playback.skip(), STEP_MS);
    return () => clearInterval(timer);
  }
  let before = performance.now();
  let frame = requestAnimationFrame(function beat(now) {
    playback.pass(now - before);
    before = now;
    if (playback.playing) frame = requestAnimationFrame(beat);
  });
  return () => cancelAnimationFrame(frame);
}
