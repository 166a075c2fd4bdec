import type { Point } from './box.ts';
import type { Columns } from './columns.ts';
import type { DrawnWay } from './drawing.ts';
import type { Journey } from './journey.ts';
import type { TimeMap } from './time-map.ts';
import type { Way } from './way.ts';

/** How far a segment comes that the lab stops at its own end. */
export const BLOCKED_PX = 30;

/** One way over the link in px: as far as it is known where it went. */
export function drawWay(journey: Journey, way: Way, time: TimeMap, cols: Columns): DrawnWay {
  const from = journey.from === 'client' ? cols.clientX : cols.serverX;
  const to = journey.from === 'client' ? cols.serverX : cols.clientX;
  const xOf = (at: number) => from + (to - from) * at;
  let points: readonly Point[] = way.points.map(({ at, ms }) => ({ x: xOf(at), y: time.yOf(ms) }));
  const [first] = points;
  const at = first ?? { x: from, y: cols.topPx };
  if (journey.kind === 'blocked') {
    points = [at, { x: at.x + Math.sign(to - from) * BLOCKED_PX, y: at.y + BLOCKED_PX * 0.12 }];
  } else if (way.ending === 'unknown') {
    // Only one end of it is known. The slope is the same for all: it says nothing.
    const known = journey.kind === 'sent';
    const fogX = xOf(known ? cols.seen : 1 - cols.seen);
    const rise = cols.fogDropPx;
    points = known ? [at, { x: fogX, y: at.y + rise }] : [{ x: fogX, y: at.y - rise }, at];
  }
  const last = points.at(-1) ?? at;
  const before = points.at(-2) ?? at;
  return {
    points,
    ending: way.ending,
    why: way.why,
    held: way.held,
    fork: way.fork,
    heading: Math.atan2(last.y - before.y, last.x - before.x),
  };
}

/** Where the end of a way is drawn with more than an arrow's head: nobody else's label may cover it. */
export function markerAt({ points, ending, fork }: DrawnWay): Point | null {
  const last = points.at(-1);
  if (last && (ending === 'lost' || ending === 'torn')) return last;
  return fork ? (points[0] ?? null) : null;
}
