import type { Side } from '../../../shared/scenario/types.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';
import type { State } from '../../../shared/tcp/state.ts';
import type { Place } from './figure5.ts';

/** One step of an end through the state diagram. */
export interface Step {
  readonly from: Place;
  readonly to: Place;
  /** When, virtual ms. */
  readonly ms: number;
}

const OPENING: ReadonlySet<State> = new Set(['LISTEN', 'SYN-SENT', 'CLOSED']);

/** The states that one end went through. A connection that has stood ends in the lower CLOSED. */
export function walk(trace: readonly TraceItem[], side: Side): readonly Step[] {
  return trace.flatMap((item): Step[] => {
    if (item.kind !== 'state' || item.side !== side) return [];
    const to: Place = item.is === 'CLOSED' && !OPENING.has(item.was) ? 'END' : item.is;
    return [{ from: item.was, to, ms: item.ms }];
  });
}

/** One arrow of the diagram, and which steps (from 1) went along it. */
export interface Walked {
  readonly from: Place;
  readonly to: Place;
  readonly numbers: readonly number[];
}

/** The arrows that steps went along, by `from to`. */
export function arrowsWalked(steps: readonly Step[]): ReadonlyMap<string, Walked> {
  const found = new Map<string, Walked>();
  steps.forEach(({ from, to }, i) => {
    const key = `${from} ${to}`;
    found.set(key, { from, to, numbers: [...(found.get(key)?.numbers ?? []), i + 1] });
  });
  return found;
}
