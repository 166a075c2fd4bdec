import type { Conditions } from './conditions.ts';

/** Gilbert–Elliott from what people say: average loss L and mean run of losses B. */
export interface LossChain {
  /** Stationary share of Bad, which is the average loss: L. */
  readonly share: number;
  /** Good → Bad: p = L / (B (1 − L)). */
  readonly p: number;
  /** Bad → Good: r = 1 / B. */
  readonly r: number;
  /** Whether such a chain exists: p ≤ 1, that is L ≤ B / (B + 1). */
  readonly feasible: boolean;
}

/**
 * Two states, every segment lost in Bad and none in Good (netem's `gemodel` with its defaults 1−h = 100 %,
 * 1−k = 0).
 */
export function lossChain({
  lossPct,
  burstSegments,
}: Pick<Conditions, 'lossPct' | 'burstSegments'>): LossChain {
  const share = lossPct / 100;
  const p = share / (burstSegments * (1 - share));
  // 50 % in runs of 1 is on the edge, and floating point must not push it over.
  return { share, p, r: 1 / burstSegments, feasible: p <= 1 + 1e-9 };
}

/**
 * The roll below which the next segment is lost, after one that was (`true`) or was not lost. Null: there was
 * none before; then it is the average. netem starts in Good instead, where the first segment always passes:
 * here that is the SYN.
 */
export function lossThreshold(chain: LossChain, lastLost: boolean | null): number {
  if (lastLost === null) return chain.share;
  return lastLost ? 1 - chain.r : chain.p;
}
