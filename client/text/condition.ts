import { m } from '../paraglide/messages.js';

const NAMES: Readonly<Record<string, () => string>> = {
  delayMs: m.linkseat_delay,
  jitterMs: m.linkseat_jitter,
  distribution: m.linkseat_distribution,
  lossPct: m.linkseat_loss,
  burstSegments: m.linkseat_burst,
  duplicatePct: m.linkseat_dup,
  corruptPct: m.linkseat_corrupt,
  reorderPct: m.linkseat_reorder,
  rateSegmentsPerS: m.linkseat_rate,
  rateBps: m.linkseat_rate,
  limitSegments: m.linkseat_limit,
};

const UNITS: Readonly<Record<string, () => string>> = {
  delayMs: () => 'ms',
  jitterMs: () => 'ms',
  lossPct: () => '%',
  duplicatePct: () => '%',
  corruptPct: () => '%',
  reorderPct: () => '%',
  rateSegmentsPerS: m.linkseat_per_s,
  rateBps: m.linkseat_per_bit,
};

/**
 * One of the link's conditions by name, with its unit: `Delay (ms)`. The field's own name if it is not known.
 */
export function conditionName(field: string): string {
  const name = NAMES[field]?.() ?? field;
  const unit = UNITS[field]?.();
  return unit ? `${name} (${unit})` : name;
}
