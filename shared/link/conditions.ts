/** What a segment weighs on the link besides its data: IPv4 and TCP headers without options, octets. */
export const HEADER_OCTETS = 40;

/** How jitter spreads around the delay, with netem's names. */
export type Distribution = 'uniform' | 'normal' | 'pareto' | 'paretonormal';

/** The conditions of one direction. Always whole: a change replaces all of them. */
export interface Conditions {
  /** Mean one-way delay, virtual ms. */
  readonly delayMs: number;
  /** Half the width (uniform) or the standard deviation (the others), virtual ms. */
  readonly jitterMs: number;
  readonly distribution: Distribution;
  /** Average loss, per cent. */
  readonly lossPct: number;
  /**
   * Mean length of a run of losses, segments, at least 1 (Gilbert–Elliott). At exactly 1 no loss ever follows
   * a loss; losses that know nothing of each other have the mean run of {@link independentBurst}.
   */
  readonly burstSegments: number;
  readonly duplicatePct: number;
  readonly corruptPct: number;
  /** Share of segments that skip delay and queue, per cent. */
  readonly reorderPct: number;
  /** Serialisation rate; null is unlimited. With a rate the direction is FIFO. */
  readonly rateSegmentsPerS: number | null;
  /** The same in bits a second, headers counted ({@link HEADER_OCTETS}); at most one of the two is set. */
  readonly rateBps?: number | null;
  /** Segments that may wait in the queue; more are dropped at the tail. */
  readonly limitSegments: number;
}

/** Nothing but the delay. */
export function plainConditions(delayMs: number): Conditions {
  return {
    delayMs,
    jitterMs: 0,
    distribution: 'uniform',
    lossPct: 0,
    burstSegments: 1,
    duplicatePct: 0,
    corruptPct: 0,
    reorderPct: 0,
    rateSegmentsPerS: null,
    limitSegments: 1000,
  };
}

/** The mean run of losses when each segment is lost or not regardless of the ones before it: 1 / (1 − L). */
export function independentBurst(lossPct: number): number {
  return 1 / (1 - lossPct / 100);
}
