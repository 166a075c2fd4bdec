import type { Round } from './round.ts';

/** Whether a round has begun and is not over, paused or not; there is at most one. */
export function isGoing({ phase }: Pick<Round, 'phase'>): boolean {
  return phase === 'running' || phase === 'paused';
}
