import type { Refusal } from '../refusals.ts';
import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import type { Conditions, Distribution } from './conditions.ts';
import { lossChain } from './loss-chain.ts';

export const DISTRIBUTIONS: readonly Distribution[] = ['uniform', 'normal', 'pareto', 'paretonormal'];

/** Both ends of every number's range, in the unit that its name says; both are allowed. */
export const CONDITION_BOUNDS = {
  delayMs: { min: 0, max: 60_000 },
  jitterMs: { min: 0, max: 60_000 },
  lossPct: { min: 0, max: 100 },
  burstSegments: { min: 1, max: 1000 },
  duplicatePct: { min: 0, max: 100 },
  corruptPct: { min: 0, max: 100 },
  reorderPct: { min: 0, max: 100 },
  rateSegmentsPerS: { min: 0.01, max: 100_000 },
  rateBps: { min: 1, max: 1e12 },
  limitSegments: { min: 1, max: 100_000 },
} as const;

type NumberField = keyof typeof CONDITION_BOUNDS;

const NUMBER_FIELDS = Object.keys(CONDITION_BOUNDS) as NumberField[];

/** They may be null: no limit. */
const RATES: readonly string[] = ['rateSegmentsPerS', 'rateBps'];

/**
 * Takes conditions from outside: every field present (they are always sent whole) and none unknown, each in its
 * bounds, and together possible. Refusals: `message/invalid` with the `field` that is missing, unknown or of
 * another type; `link/out-of-range` with `field`, `given`, `min`, `max`; `link/infeasible` with the `field`
 * that cannot be had together with the others and the numbers that say why:
 *
 * - field `lossPct`, with it, `burstSegments` and `max`: runs of mean length B leave room for at most
 *   B / (B + 1) of loss, because at least one segment must get through between two runs;
 * - field `reorderPct`: a segment can overtake others only where there is a delay to skip;
 * - field `rateBps`: the other rate is set as well.
 */
export function checkConditions(value: unknown): Result<Conditions, Refusal> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return invalid('conditions');
  const given = value as Readonly<Record<string, unknown>>;
  for (const field of Object.keys(given)) {
    if (field !== 'distribution' && !NUMBER_FIELDS.includes(field as NumberField)) return invalid(field);
  }
  if (!DISTRIBUTIONS.includes(given['distribution'] as Distribution)) return invalid('distribution');

  for (const field of NUMBER_FIELDS) {
    const x = given[field];
    if (field === 'rateBps' && x === undefined) continue;
    if (x === null && RATES.includes(field)) continue;
    if (typeof x !== 'number' || Number.isNaN(x)) return invalid(field);
    const { min, max } = CONDITION_BOUNDS[field];
    if (x < min || x > max) {
      // Infinity has no JSON: a refusal travels, so it names the bound alone.
      return refuse({
        code: 'link/out-of-range',
        with: { field, min, max, ...(Number.isFinite(x) && { given: x }) },
      });
    }
  }
  if (!Number.isInteger(given['limitSegments'])) return invalid('limitSegments');
  return checkTogether(value as Conditions);
}

function checkTogether(conditions: Conditions): Result<Conditions, Refusal> {
  const { lossPct, burstSegments, reorderPct, delayMs, rateSegmentsPerS, rateBps } = conditions;
  if (!lossChain(conditions).feasible) {
    // Rounded down, so that the number named is itself accepted.
    const max = Math.floor((1000 * 100 * burstSegments) / (burstSegments + 1)) / 1000;
    return refuse({ code: 'link/infeasible', with: { field: 'lossPct', lossPct, burstSegments, max } });
  }
  if (reorderPct > 0 && delayMs === 0) {
    return refuse({ code: 'link/infeasible', with: { field: 'reorderPct', reorderPct, delayMs } });
  }
  if (rateSegmentsPerS !== null && rateBps !== null && rateBps !== undefined) {
    return refuse({ code: 'link/infeasible', with: { field: 'rateBps', rateBps, rateSegmentsPerS } });
  }
  return ok(conditions);
}

function invalid(field: string): Result<never, Refusal> {
  // The name may come from outside; a refusal does not carry a novel back.
  return refuse({ code: 'message/invalid', with: { field: field.slice(0, 40) } });
}
