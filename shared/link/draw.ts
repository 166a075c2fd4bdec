import { rngAt } from '../rng.ts';
import type { Conditions } from './conditions.ts';
import { HEADER_OCTETS } from './conditions.ts';
import { delayOf } from './delay.ts';
import { dueOf } from './fate.ts';
import type { Copy, Fate, LossReason } from './fate.ts';
import { lossChain, lossThreshold } from './loss-chain.ts';
import type { Wire } from './wire.ts';

/** Rolls are multiples of 2^−32 from 0; the middle of the step keeps quantile functions off 0 and 1. */
const HALF_STEP = 2 ** -33;

/**
 * Draws what becomes of a segment with `octets` of data that is sent into `wire` at `nowMs`. `from` names the
 * direction. Every roll is keyed by direction, number and purpose: the n-th segment of a direction rolls the
 * same whatever was touched or changed before it, so equal seeds give equal losses.
 *
 * The order is netem's (Linux sch_netem.c, netem_enqueue): duplicate, loss (both at once leave one), corrupt,
 * limit; the copy then passes through all of it first, without duplicating again; reorder, which skips delay
 * and rate; delay; rate. A segment that finds the cable cut rolls too, or the next one would not know whether
 * it is in a run of losses.
 */
export function drawFate(
  seed: string,
  from: string,
  wire: Wire,
  octets: number,
  nowMs: number,
  cableUp: boolean,
): Fate {
  const { conditions, conditionsVersion } = wire;
  const n = wire.sent + 1;
  const dice: Dice = { seed, from, n, rolls: NO_ROLLS };
  let copies = NO_COPIES;
  let lost: LossReason | null = cableUp ? null : 'cable';
  const duplicated = hit(dice, 'duplicate', conditions.duplicatePct);
  const unlucky = isLost(dice, 'loss', conditions, wire.lastLost);
  if (unlucky && !duplicated) {
    lost ??= 'loss';
  } else {
    const corrupted = hit(dice, 'corrupt', conditions.corruptPct);
    // The copy is made before the original is harmed, and runs its own risks.
    const copyLives = duplicated && !unlucky && !isLost(dice, 'copyLoss', conditions, unlucky);
    if (cableUp && isFull(wire, nowMs)) {
      lost = 'limit';
    } else if (cableUp) {
      const queuedMs = wire.queue.at(-1) ?? nowMs;
      if (copyLives) {
        const copyCorrupted = hit(dice, 'copyCorrupt', conditions.corruptPct);
        const copy = enqueued(dice, COPY, conditions, octets, nowMs, queuedMs, copyCorrupted);
        const behindMs = Math.max(queuedMs, dueOf(copy));
        copies = [enqueued(dice, ORIGINAL, conditions, octets, nowMs, behindMs, corrupted), copy];
      } else {
        copies = [enqueued(dice, ORIGINAL, conditions, octets, nowMs, queuedMs, corrupted)];
      }
    }
  }
  return { n, conditionsVersion, copies, lost, rolls: dice.rolls };
}

/**
 * What is rolled for one segment, and what came up. On a plain link that is nothing, which all share: every
 * fate is kept.
 */
interface Dice {
  readonly seed: string;
  readonly from: string;
  readonly n: number;
  rolls: Record<string, number>;
}

const NO_ROLLS: Record<string, number> = {};
const NO_COPIES: readonly Copy[] = [];

function roll(dice: Dice, purpose: string, below?: number): number {
  const { seed, from, n } = dice;
  if (dice.rolls === NO_ROLLS) dice.rolls = {};
  if (below !== undefined) dice.rolls[`${purpose}Below`] = below;
  return (dice.rolls[purpose] = rngAt(seed, from, n, purpose).next());
}

function hit(dice: Dice, purpose: string, pct: number): boolean {
  if (pct === 0) return false;
  const below = pct / 100;
  return roll(dice, purpose, below) < below;
}

function isLost(
  dice: Dice,
  purpose: 'loss' | 'copyLoss',
  conditions: Conditions,
  lastLost: boolean | null,
): boolean {
  if (conditions.lossPct === 0) return false;
  const below = lossThreshold(lossChain(conditions), lastLost);
  return roll(dice, purpose, below) < below;
}

function isFull({ queue, conditions }: Wire, nowMs: number): boolean {
  const { limitSegments } = conditions;
  return queue.length >= limitSegments && queue.filter((due) => due > nowMs).length >= limitSegments;
}

const ORIGINAL = { reorder: 'reorder', delay: 'delay' } as const;
const COPY = { reorder: 'copyReorder', delay: 'copyDelay' } as const;

/** A copy that leaves the wire not before `queuedMs` if it has to queue. */
function enqueued(
  dice: Dice,
  purpose: typeof ORIGINAL | typeof COPY,
  conditions: Conditions,
  octets: number,
  nowMs: number,
  queuedMs: number,
  corrupted: boolean,
): Copy {
  if (hit(dice, purpose.reorder, conditions.reorderPct)) return copyAt(nowMs, corrupted);
  const u = conditions.jitterMs === 0 ? 0.5 : roll(dice, purpose.delay) + HALF_STEP;
  const dueMs = nowMs + delayOf(conditions, u);
  const serialisingMs = serialisationMs(conditions, octets);
  return copyAt(serialisingMs > 0 ? Math.max(dueMs, queuedMs) + serialisingMs : dueMs, corrupted);
}

/** How long the segment takes to be put on the link, ms; 0 without a rate. */
function serialisationMs({ rateSegmentsPerS, rateBps }: Conditions, octets: number): number {
  if (rateSegmentsPerS !== null) return 1000 / rateSegmentsPerS;
  if (rateBps === null || rateBps === undefined) return 0;
  return ((octets + HEADER_OCTETS) * 8 * 1000) / rateBps;
}

function copyAt(dueMs: number, corrupted: boolean): Copy {
  const arrivesMs = Math.ceil(dueMs);
  return arrivesMs === dueMs ? { arrivesMs, corrupted } : { arrivesMs, dueMs, corrupted };
}
