import type { Side } from '../scenario/types.ts';
import type { Segment } from '../tcp/segment.ts';
import { changedIn } from './lists.ts';
import { matches } from './pattern.ts';
import type { PendingCall, Table } from './table.ts';

/* The scripted calls that wait for something to happen at the table. */

/** Counts an arrival for the scripted calls that wait for one of its kind. */
export function countArrival(table: Table, side: Side, seg: Segment): Table {
  const calls = changedIn(table.calls, (pending) => {
    const { when, side: own } = pending.call;
    if (pending.dueMs !== null || !('arrived' in when) || (when.side ?? own) !== side) return pending;
    return matches(when.arrived, seg) ? { ...pending, seen: pending.seen + 1 } : pending;
  });
  return calls === table.calls ? table : { ...table, calls };
}

/** Sets the instant of the scripted calls for which it has come to be known. */
export function wakeCalls(
  table: Table,
  dueMs: (call: PendingCall['call'], seen: number) => number | null,
): Table {
  const calls = changedIn(table.calls, (pending) => {
    const at = pending.dueMs ?? dueMs(pending.call, pending.seen);
    return at === pending.dueMs ? pending : { ...pending, dueMs: at };
  });
  return calls === table.calls ? table : { ...table, calls };
}
