import type { Conditions } from '../../shared/link/conditions.ts';
import { m } from '../paraglide/messages.js';
import { getLocale } from '../paraglide/runtime.js';

/**
 * To how many segments a link does what, in a few words: `loses 8%, 4 in a row`; empty if it does nothing to
 * any.
 */
export function sharesText(conditions: Conditions): string {
  const { lossPct, burstSegments, duplicatePct, corruptPct, reorderPct } = conditions;
  const share = (pct: number) =>
    new Intl.NumberFormat(getLocale(), { style: 'percent', maximumFractionDigits: 2 }).format(pct / 100);
  return [
    lossPct > 0 ? m.conditions_loss({ share: share(lossPct) }) : '',
    lossPct > 0 && burstSegments >= 2 ? m.conditions_burst({ n: Math.round(burstSegments * 10) / 10 }) : '',
    duplicatePct > 0 ? m.conditions_duplicate({ share: share(duplicatePct) }) : '',
    corruptPct > 0 ? m.conditions_corrupt({ share: share(corruptPct) }) : '',
    reorderPct > 0 ? m.conditions_reorder({ share: share(reorderPct) }) : '',
  ]
    .filter((part) => part !== '')
    .join(m.teach_comma());
}
