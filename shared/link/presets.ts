import { independentBurst, plainConditions } from './conditions.ts';
import type { Conditions } from './conditions.ts';

export type PresetId = 'perfect' | 'fibre' | '4g' | '3g' | 'edge' | 'satellite' | 'wifi' | 'storm';

/** A link that people know, for one direction: as it is, and slowed down until a class can watch it. */
export interface Preset {
  readonly id: PresetId;
  /** One way: a ping shows about twice the delay. */
  readonly real: Conditions;
  /** The same with all times {@link CLASSROOM_FACTOR} times as long. Shares of segments stay as they are. */
  readonly classroom: Conditions;
}

/** How much slower the classroom's links are than real ones. */
export const CLASSROOM_FACTOR = 20;

export const PRESETS: readonly Preset[] = [
  /** Half the globe away, and nothing ever goes wrong: the lab's usual 1.5 s. */
  preset('perfect', { delayMs: 75 }),
  preset('fibre', { delayMs: 5, jitterMs: 0.5, distribution: 'normal', ...isolatedLoss(0.01) }),
  preset('4g', { delayMs: 45, jitterMs: 10, distribution: 'paretonormal', ...isolatedLoss(0.2) }),
  preset('3g', { delayMs: 125, jitterMs: 25, distribution: 'paretonormal', ...isolatedLoss(0.5) }),
  /** About 240 kbit/s: twenty full segments a second. The queue keeps them in order. */
  preset('edge', {
    delayMs: 325,
    jitterMs: 50,
    distribution: 'paretonormal',
    rateSegmentsPerS: 20,
    limitSegments: 50,
    ...isolatedLoss(1),
  }),
  /** Up to 35,786 km and down again, with what the ground stations add. */
  preset('satellite', { delayMs: 280, jitterMs: 5, distribution: 'normal', ...isolatedLoss(0.1) }),
  /** Two walls away, a microwave oven between: few losses, but several at once. */
  preset('wifi', {
    delayMs: 30,
    jitterMs: 15,
    distribution: 'pareto',
    lossPct: 8,
    burstSegments: 4,
    duplicatePct: 0.5,
  }),
  preset('storm', {
    delayMs: 75,
    jitterMs: 50,
    lossPct: 30,
    burstSegments: 3,
    duplicatePct: 5,
    corruptPct: 3,
    reorderPct: 5,
  }),
];

function preset(
  id: PresetId,
  { delayMs, ...rest }: { readonly delayMs: number } & Partial<Conditions>,
): Preset {
  const real: Conditions = { ...plainConditions(delayMs), ...rest };
  return { id, real, classroom: slowed(real, CLASSROOM_FACTOR) };
}

function isolatedLoss(lossPct: number): Pick<Conditions, 'lossPct' | 'burstSegments'> {
  return { lossPct, burstSegments: independentBurst(lossPct) };
}

function slowed(conditions: Conditions, factor: number): Conditions {
  const { rateSegmentsPerS } = conditions;
  return {
    ...conditions,
    delayMs: conditions.delayMs * factor,
    jitterMs: conditions.jitterMs * factor,
    rateSegmentsPerS: rateSegmentsPerS === null ? null : rateSegmentsPerS / factor,
  };
}
