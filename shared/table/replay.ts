import { advance } from './advance.ts';
import { changing } from './copies.ts';
import type { Entry } from './entry.ts';
import { evolve } from './evolve.ts';
import { open } from './open.ts';
import type { Table } from './table.ts';

/**
 * The table that a log makes, at the epoch instant `now`. Entries stamped later than `now` have not happened
 * yet, so that the same function travels in time; a node whose clock is behind passes the last entry's
 * instant. Throws if the log does not begin with `table-opened` (a fault: such a log cannot be).
 */
export function replay(log: readonly Entry[], now: number): Table {
  const first = log[0];
  if (!first) throw new Error('a log begins with table-opened, and this one is empty');
  return changing(replayed, open(first), { log, now });
}

function replayed(
  opened: Table,
  { log, now }: { readonly log: readonly Entry[]; readonly now: number },
): Table {
  let table = opened;
  for (let i = 1; i < log.length; i++) {
    const entry = log[i]!;
    if (entry.at > now) break;
    table = evolve(table, entry);
  }
  return advance(table, now);
}
