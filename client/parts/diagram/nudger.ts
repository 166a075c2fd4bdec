import type { Side } from '../../../shared/scenario/types.ts';

/** Events of one instant at one lifeline keep their order by this much (virtual ms). */
const INSTANT = 1e-3;

/** The instant at which an event is drawn, virtual ms: its own, if that is free at its lifeline. */
export type Nudge = (side: Side, ms: number) => number;

/** Two events of the same instant at the same lifeline stay in the order in which they are told. */
export function nudger(): Nudge {
  const taken: Record<Side, Set<number>> = { client: new Set(), server: new Set() };
  return (side, ms) => {
    let free = ms;
    while (taken[side].has(free)) free += INSTANT;
    taken[side].add(free);
    return free;
  };
}
