import { arrive as segmentArrives } from '../tcp/arrive.ts';
import { countArrival, wakeCalls } from './awaited-calls.ts';
import { copyOfTable } from './copies.ts';
import { changedIn, otherThan } from './lists.ts';
import { note } from './record.ts';
import { withEnd, withPlay } from './end-moves.ts';
import type { Flight, Table } from './table.ts';
import { other } from '../scenario/sides.ts';

/** A copy reaches the far end. */
export function land(table: Table, flight: Flight, ms: number): Table {
  const { from, seg, sent: id, sentMs } = flight;
  const side = other(from);
  const landed = copyOfTable(table);
  landed.flights = otherThan(table.flights, flight);
  if (flight.corrupted) {
    note(landed, { ms, kind: 'lost', from, id, seg, why: 'corrupt' });
    return landed;
  }
  note(landed, { ms, kind: 'arrived', side, id, seg, sentMs });
  landed.unjudged = changedIn(table.unjudged, (one) =>
    one.id !== id || one.arrived
      ? one
      : { id: one.id, side: one.side, seg: one.seg, judge: one.judge, arrived: true },
  );
  let next: Table = landed;
  if (next.scenario.bluff) next = withPlay(next, side, { arrivals: [...next.play[side].arrivals, id] });
  const before = next.ends[side];
  const end = segmentArrives(before, seg);
  const delivered = end.newest !== before.newest ? (end.newest?.delivered ?? 0) : 0;
  if (delivered > 0) {
    const handed = copyOfTable(withPlay(next, side, { received: next.play[side].received + delivered }));
    handed.movedMs = ms;
    next = handed;
  }
  next = withEnd(next, side, end, ms);
  if (next.calls.length === 0) return next;
  next = countArrival(next, side, seg);
  const { received } = next.play[side];
  return wakeCalls(next, ({ when, side: own }, matched) => {
    if ('arrived' in when) return matched >= (when.nth ?? 1) ? ms + (when.afterMs ?? 0) : null;
    if (!('received' in when) || (when.side ?? own) !== side) return null;
    return received >= when.received ? ms + (when.afterMs ?? 0) : null;
  });
}
