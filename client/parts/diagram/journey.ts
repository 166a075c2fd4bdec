import type { Side } from '../../../shared/scenario/types.ts';
import { segmentOf } from '../../../shared/table/flight-id.ts';
import type { FlightView } from '../../../shared/table/table-now.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';
import type { Segment } from '../../../shared/tcp/segment.ts';
import type { LossReason } from '../../../shared/link/fate.ts';
import type { DiagramLens } from './lens.ts';
import { other } from '../../../shared/scenario/sides.ts';

/**
 * A place on the way: how far from the sender's lifeline (0) to the receiver's (1), and when (virtual ms).
 */
export interface Waypoint {
  readonly at: number;
  readonly ms: number;
}

/**
 * How a way ends. `torn`: it arrives with a wrong checksum and is discarded. `air`: it is still on its way.
 * `unknown`: whoever looks cannot know, for it went into the fog or came out of it.
 */
export type Ending = 'arrived' | 'torn' | 'lost' | 'air' | 'unknown';

/** One copy's way over the link. */
export interface Way {
  readonly points: readonly [Waypoint, ...Waypoint[]];
  readonly ending: Ending;
  readonly why: LossReason | 'corrupt' | null;
  /** Held by the link now. */
  readonly held: boolean;
  /** A second copy, which leaves the first one's way at its first point. */
  readonly fork: boolean;
}

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

/** Where a segment that was lost at once is drawn to have died. */
const DEATH: Readonly<Record<LossReason | 'corrupt', number>> = {
  loss: 0.6,
  script: 0.6,
  touch: 0.5,
  cable: 0.5,
  limit: 0.2,
  corrupt: 1,
};
const DEFAULT_FLIGHT_MS = 1500;
/** Events of one instant at one lifeline keep their order by this much (virtual ms). */
const INSTANT = 1e-3;

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
      const known = fates.get(item.id) ?? NOTHING;
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

/**
 * The usual time from end to end by sending side, virtual ms: what is typical of the trace, or the
 * classroom's pace.
 */
export function nominalFlights(trace: readonly TraceItem[]): Readonly<Record<Side, number>> {
  const durations: Record<Side, number[]> = { client: [], server: [] };
  for (const item of trace) {
    if (item.kind === 'arrived' && item.sentMs !== undefined)
      durations[other(item.side)].push(item.ms - item.sentMs);
    else if (item.kind === 'sent' && item.fate) {
      for (const copy of item.fate.copies) durations[item.side].push(copy.arrivesMs - item.ms);
    }
  }
  const client = median(durations.client);
  const server = median(durations.server);
  return {
    client: client ?? server ?? DEFAULT_FLIGHT_MS,
    server: server ?? client ?? DEFAULT_FLIGHT_MS,
  };
}

function median(values: readonly number[]): number | null {
  const sorted = values.filter((ms) => Number.isFinite(ms) && ms > 0).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
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

/** What became of one id. */
interface Known {
  readonly sent: boolean;
  readonly arrivals: readonly Extract<TraceItem, { kind: 'arrived' }>[];
  readonly losses: readonly Extract<TraceItem, { kind: 'lost' }>[];
  readonly touches: readonly Extract<TraceItem, { kind: 'touch' }>[];
}
const NOTHING: Known = { sent: false, arrivals: [], losses: [], touches: [] };

function gather(trace: readonly TraceItem[]): Map<string, Known> {
  const known = new Map<string, Known>();
  const at = (id: string) => known.get(id) ?? NOTHING;
  for (const item of trace) {
    if (item.kind === 'sent') known.set(item.id, { ...at(item.id), sent: true });
    else if (item.kind === 'arrived' && item.id !== undefined) {
      known.set(item.id, { ...at(item.id), arrivals: [...at(item.id).arrivals, item] });
    } else if (item.kind === 'lost') {
      known.set(item.id, { ...at(item.id), losses: [...at(item.id).losses, item] });
    } else if (item.kind === 'touch') {
      const id = segmentOf(item.id);
      known.set(id, { ...at(id), touches: [...at(id).touches, item] });
    }
  }
  return known;
}

function waysOf(
  item: Extract<TraceItem, { kind: 'sent' }>,
  startMs: number,
  known: Known,
  live: readonly FlightView[],
  nominalMs: number,
  nudge: Nudge,
): readonly Way[] {
  const hover = hovering(item.id, item.ms, startMs, known, nominalMs);
  const start = [point(0, startMs), ...hover.points] as const;
  const after = (ms: number) => Math.max(ms, (start.at(-1) ?? point(0, startMs)).ms);
  const receiver = other(item.side);
  const ways: Way[] = known.arrivals.map((arrival) =>
    way([...start, point(1, nudge(receiver, after(arrival.ms)))], 'arrived'),
  );
  for (const loss of known.losses) {
    if (loss.why === 'corrupt') {
      const ms = loss.ms > item.ms ? loss.ms : item.ms + nominalMs;
      ways.push(way([...start, point(1, after(ms))], 'torn', 'corrupt'));
    } else ways.push(way(dying(item.ms, start, hover.at, loss, nominalMs), 'lost', loss.why));
  }
  for (const flight of live) {
    if (flight.held) ways.push({ ...way(start, 'air'), held: true });
    else {
      const ms = Number.isFinite(flight.arrivesMs) ? flight.arrivesMs : item.ms + nominalMs;
      ways.push(way([...start, point(1, after(ms))], flight.corrupted ? 'torn' : 'air'));
    }
  }
  if (ways.length === 0 && item.fate && item.fate.copies.length > 0) {
    for (const copy of item.fate.copies) {
      ways.push(way([...start, point(1, after(copy.arrivesMs))], copy.corrupted ? 'torn' : 'air'));
    }
  }
  if (ways.length === 0) ways.push(way([...start, point(1, after(item.ms + nominalMs))], 'air'));
  return forked(ways, known, item.ms);
}

/** Where the link held it: it stands still between hold and release. */
function hovering(
  sentId: string,
  sentMs: number,
  startMs: number,
  known: Known,
  nominalMs: number,
): { readonly points: readonly Waypoint[]; readonly at: number } {
  const points: Waypoint[] = [];
  let at = 0;
  let sinceMs: number | null = null;
  for (const touch of known.touches.filter(({ id }) => id === sentId)) {
    if (touch.touch === 'hold' && sinceMs === null) {
      at = Math.min(0.9, Math.max(at, 0.15, (touch.ms - sentMs) / nominalMs));
      sinceMs = Math.max(touch.ms, startMs + at * nominalMs * 0.5);
      points.push(point(at, sinceMs));
    } else if (touch.touch === 'release' && sinceMs !== null) {
      points.push(point(at, Math.max(touch.ms, sinceMs)));
      sinceMs = null;
    }
  }
  if (sinceMs !== null) {
    // Never released by hand: whatever came next let it go.
    const next = [...known.arrivals, ...known.losses].map(({ ms }) => ms).find((ms) => ms > (sinceMs ?? 0));
    if (next !== undefined) points.push(point(at, Math.max(sinceMs, next - nominalMs * (1 - at))));
  }
  return { points, at };
}

function dying(
  sentMs: number,
  start: readonly [Waypoint, ...Waypoint[]],
  hoverAt: number,
  loss: Extract<TraceItem, { kind: 'lost' }>,
  nominalMs: number,
): readonly [Waypoint, ...Waypoint[]] {
  const last = start.at(-1) ?? start[0];
  // Drawn to be lost when it was sent: the trace says so at once, the picture where it would have died.
  if (loss.ms <= sentMs) {
    const at = Math.max(DEATH[loss.why], hoverAt);
    return [...start, point(at, last.ms + (at - last.at) * nominalMs)];
  }
  if (hoverAt > 0) return [...start, point(hoverAt, Math.max(last.ms, loss.ms))];
  const at = Math.min(0.94, Math.max(0.1, (loss.ms - sentMs) / nominalMs));
  return [...start, point(at, Math.max(last.ms, loss.ms))];
}

/** The first way stays; the others leave it where the copy was made. */
function forked(ways: readonly Way[], known: Known, sentMs: number): readonly Way[] {
  const [first, ...rest] = ways;
  if (!first || rest.length === 0) return ways;
  const end = first.points.at(-1) ?? first.points[0];
  const before = first.points.at(-2) ?? first.points[0];
  const copied = known.touches.find(({ touch }) => touch === 'duplicate');
  const span = end.ms - before.ms;
  const share = copied && span > 0 ? Math.min(0.85, Math.max(0.15, (copied.ms - before.ms) / span)) : 0.3;
  const fork = point(before.at + (end.at - before.at) * share, before.ms + span * share);
  return [
    first,
    ...rest.map((other): Way => {
      const tail = other.points.at(-1) ?? other.points[0];
      const leaves = tail.ms > fork.ms ? fork : point(0, Math.min(sentMs, tail.ms));
      return { ...other, points: [leaves, tail], fork: true };
    }),
  ];
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

function way(points: readonly [Waypoint, ...Waypoint[]], ending: Ending, why: Way['why'] = null): Way {
  return { points, ending, why, held: false, fork: false };
}

function point(at: number, ms: number): Waypoint {
  return { at, ms };
}

type Nudge = (side: Side, ms: number) => number;

/** Two events of the same instant at the same lifeline stay in the order in which they are told. */
function nudger(): Nudge {
  const taken: Record<Side, Set<number>> = { client: new Set(), server: new Set() };
  return (side, ms) => {
    let free = ms;
    while (taken[side].has(free)) free += INSTANT;
    taken[side].add(free);
    return free;
  };
}
