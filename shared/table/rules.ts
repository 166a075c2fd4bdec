import type { Table } from './table.ts';

/**
 * The version of the rules by which the lab plays now; kept in every table's log, so that an older log still
 * reads as it did.
 */
export const RULES = 3;

/** Whether a table that will get nowhere ends of its own accord; under the first rules it stood for ever. */
export function endsByItself({ rules }: Table): boolean {
  return rules >= 2;
}

/** Whether a table that its round has stopped says so; before, it looked like one that was finished. */
export function saysStopped({ rules }: Table): boolean {
  return rules >= 3;
}
