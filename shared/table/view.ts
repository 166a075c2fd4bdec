import type { Table } from './table.ts';
import type { Lens, Role, TableNow, TableSnapshot, TracePiece } from './types.ts';

/** Which list of witnessed things a role reads now: a seat its own, until the table ends and the debrief shows everybody everything. */
export function lensOf(table: Table, role: Role): Lens {
  return table.phase === 'ended' || role === 'instructor' || role === 'observer' ? 'full' : role;
}

/** What a role sees at this moment: small and always whole. */
export function nowFor(_table: Table, _role: Role): TableNow {
  throw new Error('not yet');
}

/** What a lens has witnessed from item number `from` (0: all of it). Costs what is new, not what there is. */
export function projectTrace(_table: Table, _lens: Lens, _from: number): TracePiece {
  throw new Error('not yet');
}

/** A view that is right by itself. `at`: the epoch instant that the table was brought to. */
export function viewFor(_table: Table, _role: Role, _at: number): TableSnapshot {
  throw new Error('not yet');
}
