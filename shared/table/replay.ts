import type { Table } from './table.ts';
import type { Entry } from './types.ts';

/**
 * The table that a log makes, at the epoch instant `now`. Entries stamped later than `now` have not happened yet, so that the same
 * function travels in time; a node whose clock is behind passes the last entry's instant. Throws if the log does
 * not begin with `table-opened` (a fault: such a log cannot be).
 */
export function replay(_log: readonly Entry[], _now: number): Table {
  throw new Error('not yet');
}
