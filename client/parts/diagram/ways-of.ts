import type { LossReason } from '../../../shared/link/fate.ts';
import { other } from '../../../shared/scenario/sides.ts';
import type { FlightView } from '../../../shared/table/table-now.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';
import type { Known } from './known.ts';
import type { Nudge } from './nudger.ts';
import { point, way } from './way.ts';
import type { Way, Waypoint } from './way.ts';

/** Where a segment that was lost at once is drawn to have died. */
const DEATH: Readonly<Record<LossReason | 'corrupt', number>> = {
  loss: 0.6,
  script: 0.6,
  touch: 0.5,
  cable: 0.5,
  limit: 0.2,
  corrupt: 1,
};

/**
 * The way of each copy of a segment that was sent, the first one's first: as it is known to have ended, or as
 * it will if nothing more happens to it.
 */
export function waysOf(
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
