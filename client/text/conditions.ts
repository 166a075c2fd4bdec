import type { Conditions } from '../../shared/link/conditions.ts';
import { m } from '../paraglide/messages.js';
import { seconds } from './seconds.ts';
import { sharesText } from './shares.ts';

/** What a direction of the link does, in a few words: `1.5s, loses 10%`. */
export function conditionsText(conditions: Conditions): string {
  const { delayMs, jitterMs, rateSegmentsPerS, rateBps } = conditions;
  return [
    m.conditions_delay({ time: seconds(delayMs, 2) }) + (jitterMs > 0 ? ` ± ${seconds(jitterMs, 2)}` : ''),
    sharesText(conditions),
    rateSegmentsPerS === null ? '' : m.conditions_rate({ n: rateSegmentsPerS }),
    rateBps === null || rateBps === undefined ? '' : `${rateBps} ${m.linkseat_per_bit()}`,
  ]
    .filter((part) => part !== '')
    .join(m.teach_comma());
}
