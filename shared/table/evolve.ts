import type { Table } from './table.ts';
import type { Entry } from './types.ts';

/** The table after one more entry; time is brought forward to the entry's instant first. Never refuses: it has happened. */
export function evolve(_table: Table, _entry: Entry): Table {
  throw new Error('not yet');
}
