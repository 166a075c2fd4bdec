/** How jitter spreads around the delay, with netem's names. */
export type Distribution = 'uniform' | 'normal' | 'pareto' | 'paretonormal';

/** The conditions of one direction. Always whole: a change replaces all of them (LINK rule 1). */
export interface Conditions {
  /** Mean one-way delay, virtual ms. */
  readonly delayMs: number;
  /** Half the width (uniform) or the standard deviation (the others), virtual ms. */
  readonly jitterMs: number;
  readonly distribution: Distribution;
  /** Average loss, per cent. */
  readonly lossPct: number;
  /** Mean length of a run of losses, segments, at least 1 (Gilbert–Elliott). */
  readonly burstSegments: number;
  readonly duplicatePct: number;
  readonly corruptPct: number;
  /** Share of segments that skip delay and queue, per cent. */
  readonly reorderPct: number;
  /** Serialisation rate; null is unlimited. With a rate the direction is FIFO. */
  readonly rateSegmentsPerS: number | null;
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
