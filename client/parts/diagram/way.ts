import type { LossReason } from '../../../shared/link/fate.ts';

/**
 * A place on the way: how far from the sender's lifeline (0) to the receiver's (1), and when (virtual ms).
 */
export interface Waypoint {
  readonly at: number;
  readonly ms: number;
}

/**
 * How a way ends. `torn`: it arrives with a wrong checksum and is discarded. `air`: it is still on its way.
 * `unknown`: whoever looks cannot know, for it went into the fog or came out of it.
 */
export type Ending = 'arrived' | 'torn' | 'lost' | 'air' | 'unknown';

/** One copy's way over the link. */
export interface Way {
  readonly points: readonly [Waypoint, ...Waypoint[]];
  readonly ending: Ending;
  readonly why: LossReason | 'corrupt' | null;
  /** Held by the link now. */
  readonly held: boolean;
  /** A second copy, which leaves the first one's way at its first point. */
  readonly fork: boolean;
}

export function way(points: readonly [Waypoint, ...Waypoint[]], ending: Ending, why: Way['why'] = null): Way {
  return { points, ending, why, held: false, fork: false };
}

export function point(at: number, ms: number): Waypoint {
  return { at, ms };
}
