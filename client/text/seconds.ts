import { getLocale } from '../paraglide/runtime.js';

/** Making one costs more than using it a hundred times. */
const formats = new Map<string, Intl.NumberFormat>();

/** Virtual ms as seconds in the reader's language: `12.5s`. */
export function seconds(ms: number, digits = 1): string {
  const key = `${getLocale()} ${digits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(getLocale(), {
      style: 'unit',
      unit: 'second',
      unitDisplay: 'narrow',
      maximumFractionDigits: digits,
    });
    formats.set(key, format);
  }
  return format.format(ms / 1000);
}
