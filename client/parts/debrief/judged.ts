import type { SeatName } from '../../../shared/table/seats.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';
import type { Verdict } from '../../../shared/tcp/verdict.ts';

/** An answer that was judged, and whose it was. */
export interface Judged {
  readonly index: number;
  readonly item: Extract<
    TraceItem,
    { kind: 'sent' | 'blocked' | 'nothing' | 'label' | 'prediction' | 'bluff-called' | 'called-out' }
  >;
  readonly seat: SeatName;
  readonly verdict: Verdict;
}

/** All judged answers of a trace, in order. What the lab sent in somebody's place is nobody's answer. */
export function judged(trace: readonly TraceItem[]): readonly Judged[] {
  return trace.flatMap((item, index): Judged[] => {
    switch (item.kind) {
      case 'sent':
        if (item.by === 'lab' || !item.verdict) return [];
        return [{ index, item, seat: item.side, verdict: item.verdict }];
      case 'blocked':
      case 'nothing':
      case 'label':
      case 'bluff-called':
        return item.verdict ? [{ index, item, seat: item.side, verdict: item.verdict }] : [];
      case 'called-out':
        return item.verdict ? [{ index, item, seat: 'referee', verdict: item.verdict }] : [];
      case 'prediction':
        return item.verdict ? [{ index, item, seat: 'link', verdict: item.verdict }] : [];
      default:
        return [];
    }
  });
}
