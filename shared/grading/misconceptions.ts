import type { MisconceptionRef } from '../table/misconception-count.ts';
import type { SeatName } from '../table/seats.ts';
import type { Table } from '../table/table.ts';
import type { FaultCode, Verdict } from '../tcp/verdict.ts';
import { playerAt, told } from './told.ts';
import type { Told } from './told.ts';

/**
 * Every misconception that showed at a table, in order: in what was sent or tried, in labels, in the
 * referee's and the ends' calls. A bluff shows none. With `since`, those that are not in an earlier instant
 * of the same table.
 */
export function misconceptionsOf(table: Table, since: Table | null = null): readonly MisconceptionRef[] {
  return told(table, since).flatMap((one) => {
    const { it, item, holder } = one;
    const answer = answerOf(one);
    if (!answer) return [];
    const { seat, verdict, segment } = answer;
    return codesOf(verdict).map((code) => ({
      code,
      tableId: table.id,
      seat,
      player: playerAt(holder(seat)),
      ms: it.ms,
      item,
      segment,
    }));
  });
}

interface Answer {
  readonly seat: SeatName;
  readonly verdict: Verdict;
  readonly segment: string | null;
}

function answerOf({ it }: Told): Answer | null {
  switch (it.kind) {
    case 'sent':
      // What the lab sends is right, and who bluffs knows better.
      return it.by === 'lab' || it.bluff ? null : { seat: it.side, verdict: it.verdict, segment: it.id };
    case 'blocked':
    case 'nothing':
    case 'label':
      return { seat: it.side, verdict: it.verdict, segment: null };
    case 'bluff-called':
      return { seat: it.side, verdict: it.verdict, segment: it.id };
    case 'called-out':
      return { seat: 'referee', verdict: it.verdict, segment: it.id };
    default:
      return null;
  }
}

/** Each code once, however many fields it shows in. */
function codesOf({ faults, remark }: Verdict): readonly FaultCode[] {
  const codes = new Set<FaultCode>(faults.map(({ code }) => code));
  if (remark) codes.add(remark);
  codes.delete('other');
  return [...codes];
}
