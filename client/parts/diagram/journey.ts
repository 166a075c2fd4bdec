import { other } from '../../../shared/scenario/sides.ts';
import type { Side } from '../../../shared/scenario/types.ts';
import { segmentOf } from '../../../shared/table/flight-id.ts';
import type { FlightView } from '../../../shared/table/table-now.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';
import type { Segment } from '../../../shared/tcp/segment.ts';
import { NOTHING_KNOWN, gather } from './known.ts';
import type { DiagramLens } from './lens.ts';
import { nominalFlights } from './nominal-flights.ts';
import { nudger } from './nudger.ts';
import type { Nudge } from './nudger.ts';
import { point, way } from './way.ts';
import type { Ending, Way, Waypoint } from './way.ts';
import { waysOf } from './ways-of.ts';

type SegmentItem = Extract<TraceItem, { kind: 'sent' | 'arrived' | 'blocked' }>;

/** One segment as the diagram tells it: sent (or tried, or only seen arriving), and what became of it. */
export interface Journey {
  /** Stable while the trace grows. */
  readonly key: string;
  readonly item: SegmentItem;
  readonly from: Side;
  readonly seg: Segment;
  readonly again: boolean;
  readonly kind: 'sent' | 'emerged' | 'blocked';
  readonly startMs: number;
  readonly ways: readonly Way[];
  /** Told by the judge later on, of a segment that was shown without a verdict; absent: not told. */
  readonly ruling?: 'right' | 'wrong';
}

/** The journeys of a trace, in the order in which they set out; of those still on their way by `flights`. */
export function journeys(
  trace: readonly TraceItem[],
  lens: DiagramLens,
  flights: readonly FlightView[] = [],
): readonly Journey[] {
  const nudge = nudger();
  if (lens === 'client' || lens === 'server') return seenFromEnd(trace, nudge);
  const nominal = nominalFlights(trace);
  const fates = gather(trace);
  const rulings = new Map(
    trace.flatMap((item) =>
      (item.kind === 'revealed' || item.kind === 'called-out') && item.judge
        ? [[item.id, item.judge.verdict === 'wrong' ? 'wrong' : 'right'] as const]
        : [],
    ),
  );
  const found: Journey[] = [];
  trace.forEach((item, i) => {
    if (item.kind === 'blocked') found.push(blocked(item, i, nudge));
    else if (item.kind === 'sent') {
      const startMs = nudge(item.side, item.ms);
      const known = fates.get(item.id) ?? NOTHING_KNOWN;
      const live = flights.filter(({ id }) => segmentOf(id) === item.id);
      const ruling = item.verdict ? undefined : rulings.get(item.id);
      found.push({
        key: `s${i}`,
        item,
        from: item.side,
        seg: item.seg,
        again: item.again,
        kind: 'sent',
        startMs,
        ways: waysOf(item, startMs, known, live, nominal[item.side], nudge),
        ...(ruling && { ruling }),
      });
    } else if (item.kind === 'arrived' && (item.id === undefined || !fates.get(item.id)?.sent)) {
      // A segment from before the table's time: an old duplicate.
      const startMs = Math.min(item.sentMs ?? item.ms - nominal[other(item.side)] / 2, item.ms);
      found.push(emerged(item, i, [point(0.45, startMs), point(1, nudge(item.side, item.ms))], 'arrived'));
    }
  });
  return found.sort((a, b) => a.startMs - b.startMs);
}

function seenFromEnd(trace: readonly TraceItem[], nudge: Nudge): readonly Journey[] {
  return trace.flatMap((item, i): Journey[] => {
    if (item.kind === 'blocked') return [blocked(item, i, nudge)];
    if (item.kind === 'arrived') {
      return [emerged(item, i, [point(1, nudge(item.side, item.ms))], 'unknown')];
    }
    if (item.kind !== 'sent') return [];
    const startMs = nudge(item.side, item.ms);
    const ways: Way[] = [way([point(0, startMs)], 'unknown')];
    return [
      { key: `s${i}`, item, from: item.side, seg: item.seg, again: item.again, kind: 'sent', startMs, ways },
    ];
  });
}

function blocked(item: Extract<TraceItem, { kind: 'blocked' }>, i: number, nudge: Nudge): Journey {
  const startMs = nudge(item.side, item.ms);
  return {
    key: `b${i}`,
    item,
    from: item.side,
    seg: item.seg,
    again: false,
    kind: 'blocked',
    startMs,
    ways: [way([point(0, startMs)], 'unknown')],
  };
}

function emerged(
  item: Extract<TraceItem, { kind: 'arrived' }>,
  i: number,
  points: readonly [Waypoint, ...Waypoint[]],
  ending: Ending,
): Journey {
  return {
    key: `a${i}`,
    item,
    from: other(item.side),
    seg: item.seg,
    again: false,
    kind: 'emerged',
    startMs: points[0].ms,
    ways: [way(points, ending)],
  };
}
