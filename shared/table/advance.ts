import type { Table } from './table.ts';

/** The table at a later epoch instant: everything that time brings until then. The very same value if nothing does. */
export function advance(_table: Table, _at: number): Table {
  throw new Error('not yet');
}

/** The first epoch ms at which `advance` would change the table; null when paused, ended, or nothing is to come. */
export function nextChangeAt(_table: Table): number | null {
  throw new Error('not yet');
}
