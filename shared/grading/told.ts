import { lengthOf, toArray } from '../table/chain.ts';
import type { Happening } from '../table/happening.ts';
import type { Holder, SeatName } from '../table/seats.ts';
import type { Table } from '../table/table.ts';
import { sees } from '../table/witness.ts';

/** Something that happened at a table, with its number in the full trace, and who sat where. */
export interface Told {
  readonly it: Happening;
  readonly item: number;
  readonly holder: (seat: SeatName) => Holder;
}

const NOBODY: Holder = { kind: 'empty' };

/** What happened at a table, as it is to be graded: from the beginning, or since an earlier instant of it. */
export function told(table: Table, since: Table | null = null): readonly Told[] {
  const before = since === null ? 0 : lengthOf(since.history);
  let item = since === null ? 0 : since.witnessed.full;
  let tenure = 0;
  let seats: ReadonlyMap<SeatName, Holder> = new Map();
  return toArray(table.history, before).map((it, i) => {
    for (let next = table.tenures[tenure]; next && next.from <= before + i; next = table.tenures[++tenure]) {
      seats = new Map(seats).set(next.seat, next.holder);
    }
    const now = seats;
    // What the full trace leaves out has no number; whoever refers to it means what comes next.
    const number = item;
    if (sees(it, 'full', false)) item += 1;
    return { it, item: number, holder: (seat) => now.get(seat) ?? NOBODY };
  });
}

/** The player who sits there and is not away; null: nobody, or a bot. */
export function playerAt(holder: Holder): string | null {
  return holder.kind === 'player' && !holder.away ? holder.id : null;
}
