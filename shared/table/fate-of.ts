import { drawFate } from '../link/draw.ts';
import type { Copy, Fate } from '../link/fate.ts';
import type { ScriptedFault, Side } from '../scenario/types.ts';
import type { Segment } from '../tcp/segment.ts';
import { matches } from './pattern.ts';
import type { Table } from './table.ts';

/** How long after the original a duplicate arrives where nothing says otherwise, virtual ms. */
export const DUPLICATE_GAP_MS = 500;

const NO_FAULTS: readonly ScriptedFault[] = [];

/** The scripted faults that strike this segment, and the counts of matches with it. */
export function faultsOn(
  table: Table,
  from: Side,
  seg: Segment,
): { readonly strike: readonly ScriptedFault[]; readonly matched: readonly number[] } {
  if (table.scenario.faults.length === 0) return { strike: NO_FAULTS, matched: table.matched };
  const strike: ScriptedFault[] = [];
  const matched = table.scenario.faults.map((fault, i) => {
    const before = table.matched[i] ?? 0;
    if (fault.from !== from || !matches(fault.match, seg)) return before;
    if (before + 1 === fault.nth) strike.push(fault);
    return before + 1;
  });
  return { strike, matched };
}

/**
 * Draws what becomes of a segment that a side sends now: the link's chance, then what the script does to it.
 */
export function fateOf(table: Table, from: Side, seg: Segment, ms: number): Fate {
  const wire = table.wires[from];
  const drawn = drawFate(table.seed, from, wire, seg.dataOctets, ms, table.cableUp);
  return table.scenario.faults.length === 0 ? drawn : faultsOn(table, from, seg).strike.reduce(struck, drawn);
}

function struck(fate: Fate, { fault, ms }: ScriptedFault): Fate {
  // The dice have lost it already: there is nothing left to do anything to.
  if (fate.copies.length === 0) return fate;
  const script = [...(fate.script ?? []), fault];
  switch (fault) {
    case 'drop':
      return { ...fate, copies: [], lost: 'script', script };
    case 'duplicate': {
      const last = fate.copies.at(-1)!;
      const copy = later({ ...last, corrupted: false }, ms ?? DUPLICATE_GAP_MS);
      return { ...fate, copies: [...fate.copies, copy], script };
    }
    case 'delay':
      return { ...fate, copies: fate.copies.map((copy) => later(copy, ms ?? 0)), script };
    case 'corrupt':
      return { ...fate, copies: fate.copies.map((copy) => ({ ...copy, corrupted: true })), script };
    case 'hold':
    case 'reorder':
      // Not a matter of the segment's way, but of the hand that takes it off the wire: see launch.
      return { ...fate, script };
  }
}

/** What the script adds is not spent in the link's queue: who comes behind does not wait for it. */
function later({ arrivesMs, dueMs, corrupted }: Copy, ms: number): Copy {
  return { arrivesMs: arrivesMs + ms, dueMs: dueMs ?? arrivesMs, corrupted };
}
