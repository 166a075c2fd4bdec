import { rngAt } from '../rng.ts';
import type { Conditions } from './conditions.ts';
import { HEADER_OCTETS } from './conditions.ts';
import { delayOf } from './delay.ts';
import type { Copy, Fate, LossReason } from './fate.ts';
import { lossChain, lossThreshold } from './loss-chain.ts';
import { wireAfter } from './wire.ts';
import type { Wire } from './wire.ts';

/** Rolls are multiples of 2^−32 from 0; the middle of the step keeps quantile functions off 0 and 1. */
const HALF_STEP = 2 ** -33;

/**
 * Draws what becomes of a segment with `octets` of data that is sent into `wire` at `nowMs`, and the wire after it. `from` names the
 * direction. Every roll is keyed by direction, number and purpose: the n-th segment of a direction rolls the same whatever was touched or
 * changed before it, so equal seeds give equal losses.
 *
 * The order is netem's (Linux sch_netem.c, netem_enqueue): duplicate, loss (both at once leave one), corrupt, limit; the copy then
 * passes through all of it first, without duplicating again; reorder, which skips delay and rate; delay; rate. A segment that
 * finds the cable cut rolls too, or the next one would not know whether it is in a run of losses.
 */
export function drawFate(
  seed: string,
  from: string,
  wire: Wire,
  octets: number,
  nowMs: number,
  cableUp: boolean,
): { readonly fate: Fate; readonly wire: Wire } {
  const { conditions } = wire;
  const n = wire.sent + 1;
  const rolls: Record<string, number> = {};
  const roll = (purpose: string): number => (rolls[purpose] = rngAt(seed, from, n, purpose).next());
  const hit = (purpose: string, pct: number): boolean => {
    if (pct === 0) return false;
    const below = (rolls[`${purpose}Below`] = pct / 100);
    return roll(purpose) < below;
  };

  const chain = lossChain(conditions);
  let lastLost = wire.lastLost;
  const rollLoss = (purpose: 'loss' | 'copyLoss'): boolean => {
    if (chain.share === 0) return false;
    const below = (rolls[`${purpose}Below`] = lossThreshold(chain, lastLost));
    lastLost = roll(purpose) < below;
    return lastLost;
  };

  const queue = wire.queue.filter((due) => due > nowMs);
  const enqueue = (prefix: '' | 'copy', corrupted: boolean): Copy => {
    const key = (name: string): string => (prefix === '' ? name : prefix + capital(name));
    if (hit(key('reorder'), conditions.reorderPct)) return copyAt(nowMs, corrupted);
    const u = conditions.jitterMs === 0 ? 0.5 : roll(key('delay')) + HALF_STEP;
    let due = nowMs + delayOf(conditions, u);
    const serialisingMs = serialisationMs(conditions, octets);
    if (serialisingMs > 0) due = Math.max(due, ...queue.slice(-1)) + serialisingMs;
    queue.push(due);
    queue.sort((a, b) => a - b);
    return copyAt(due, corrupted);
  };

  const duplicated = hit('duplicate', conditions.duplicatePct);
  const unlucky = rollLoss('loss');
  const copies: Copy[] = [];
  let lost: LossReason | null = null;
  if (unlucky && !duplicated) {
    lost = 'loss';
  } else {
    const corrupted = hit('corrupt', conditions.corruptPct);
    // The copy is made before the original is harmed, and runs its own risks.
    const copyLives = duplicated && !unlucky && !rollLoss('copyLoss');
    if (!cableUp) {
      lost = 'cable';
    } else if (queue.length >= conditions.limitSegments) {
      lost = 'limit';
    } else {
      const copy = copyLives ? enqueue('copy', hit('copyCorrupt', conditions.corruptPct)) : null;
      copies.push(enqueue('', corrupted));
      if (copy) copies.push(copy);
    }
  }
  if (!cableUp) lost = 'cable';

  const fate: Fate = { n, conditionsVersion: wire.conditionsVersion, copies, lost, rolls };
  return { fate, wire: wireAfter(wire, fate, nowMs) };
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

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
