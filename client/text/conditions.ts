import type { Conditions } from '../../shared/link/conditions.ts';
import { m } from '../paraglide/messages.js';
import { getLocale } from '../paraglide/runtime.js';
import { seconds } from '../parts/diagram/seconds.ts';

/** What a direction of the link does, in a few words: `1.5s, loses 10%`. */
export function conditionsText(conditions: Conditions): string {
  const {
    delayMs,
    jitterMs,
    lossPct,
    burstSegments,
    duplicatePct,
    corruptPct,
    reorderPct,
    rateSegmentsPerS,
  } = conditions;
  const share = (pct: number) =>
    new Intl.NumberFormat(getLocale(), { style: 'percent', maximumFractionDigits: 1 }).format(pct / 100);
  return [
    m.conditions_delay({ time: seconds(delayMs, 2) }) + (jitterMs > 0 ? ` ± ${seconds(jitterMs, 2)}` : ''),
    lossPct > 0 ? m.conditions_loss({ share: share(lossPct) }) : '',
    lossPct > 0 && burstSegments >= 2 ? m.conditions_burst({ n: Math.round(burstSegments * 10) / 10 }) : '',
    duplicatePct > 0 ? m.conditions_duplicate({ share: share(duplicatePct) }) : '',
    corruptPct > 0 ? m.conditions_corrupt({ share: share(corruptPct) }) : '',
    reorderPct > 0 ? m.conditions_reorder({ share: share(reorderPct) }) : '',
    rateSegmentsPerS === null ? '' : m.conditions_rate({ n: rateSegmentsPerS }),
  ]
    .filter((part) => part !== '')
    .join(m.teach_comma());
}
