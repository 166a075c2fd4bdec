import type { Text } from '../../shared/scenario/types.ts';
import { getLocale } from '../paraglide/runtime.js';

/** A text that comes in every language (a scenario's title), in the reader's. */
export function inLocale(text: Text): string {
  return text[getLocale()];
}
