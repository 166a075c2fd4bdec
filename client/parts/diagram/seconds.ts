import { getLocale } from '../../paraglide/runtime.js';

/** Virtual ms as seconds in the reader's language: `12.5 s`. */
export function seconds(ms: number, digits = 1): string {
  return new Intl.NumberFormat(getLocale(), {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'narrow',
    minimumFractionDigits: 0,
    maximumFractionDigits: digits,
  }).format(ms / 1000);
}
