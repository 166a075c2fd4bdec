import { corners, crosses, overlap, reach } from './box.ts';
import type { Box, Point } from './box.ts';
import type { Columns } from './columns.ts';
import { drawWay, markerAt } from './draw-way.ts';
import type { DrawnSegment, DrawnWay } from './drawing.ts';
import type { Journey } from './journey.ts';
import { labelOf } from './label.ts';
import type { Label } from './label.ts';
import { labelPlaces, withMargin } from './label-places.ts';
import type { Apart, TimeMap } from './time-map.ts';

/** Two labels, or a label and the end of somebody's line, in one place; and what would part them. */
interface Clash {
  readonly journeys: readonly [Journey, Journey];
  readonly crossing: boolean;
  readonly apart: Apart;
}

interface Placing {
  readonly segments: readonly DrawnSegment[];
  readonly clashes: readonly Clash[];
  readonly widths: ReadonlyMap<string, number>;
}

/** What a label may not cover: another's label, which moves with its start, or the marked end of a line. */
interface Obstacle {
  readonly owner: number;
  readonly journey: Journey;
  readonly box: Box;
  readonly ms: number;
  readonly label: boolean;
}

/** Each label where it costs least; where none of its places is free, what is in its way. */
export function placeSegments(
  found: readonly Journey[],
  labels: ReadonlyMap<string, Label>,
  time: TimeMap,
  cols: Columns,
): Placing {
  const drawn = found.map((journey) => ({
    journey,
    ways: journey.ways.map((way) => drawWay(journey, way, time, cols)),
    label: labels.get(journey.key) ?? labelOf(journey.seg, cols.font, cols.labelPx),
  }));
  const lines = drawn.flatMap(({ ways }, owner) =>
    ways.flatMap(({ points }) => points.slice(1).map((to, i) => ({ owner, from: points[i] ?? to, to }))),
  );
  const obstacles = drawn.flatMap(({ journey, ways }, owner) =>
    ways.flatMap((way, i): Obstacle[] => {
      const at = markerAt(way);
      const ms = journey.ways[i]?.points.at(way.fork ? 0 : -1)?.ms ?? journey.startMs;
      return at
        ? [{ owner, journey, box: { cx: at.x, cy: at.y, w: 18, h: 18, angle: 0 }, ms, label: false }]
        : [];
    }),
  );
  const segments: DrawnSegment[] = [];
  const clashes: Clash[] = [];
  drawn.forEach(({ journey, ways, label }, owner) => {
    let best: { box: Box; cost: number; hit: Obstacle | null } | null = null;
    for (const { box, cost: taste } of labelPlaces(journey, ways, label, cols)) {
      const hit =
        obstacles.find(
          (other) => other.owner !== owner && overlap(other.label ? withMargin(box) : box, other.box),
        ) ?? null;
      let cost = taste + (hit ? 1000 : 0);
      if (cost >= (best?.cost ?? Infinity)) continue;
      const span = reach(box).y;
      for (const line of lines) {
        if (
          Math.max(line.from.y, line.to.y) < box.cy - span ||
          Math.min(line.from.y, line.to.y) > box.cy + span
        )
          continue;
        if (line.owner !== owner && crosses(line.from, line.to, box)) cost += 3;
      }
      if (!best || cost < best.cost) best = { box, cost, hit };
    }
    if (!best) return;
    segments.push({
      key: journey.key,
      journey,
      ways,
      label,
      box: best.box,
      badge: badgeAt(journey, ways, best.box),
    });
    obstacles.push({ owner, journey, box: best.box, ms: journey.startMs, label: true });
    if (best.hit) clashes.push(clashOf(best.hit, journey, time, cols));
  });
  return { segments, clashes, widths: new Map(drawn.map(({ journey, label }) => [journey.key, label.w])) };
}

/** Moves the later of two down; of two that set out together, the end of one: it takes longer on its way. */
function clashOf(hit: Obstacle, journey: Journey, time: TimeMap, cols: Columns): Clash {
  const step = Math.max(10, cols.rowPx * 0.75);
  const crossing = hit.label && hit.journey.from !== journey.from;
  const a = Math.min(hit.ms, journey.startMs);
  const b = Math.max(hit.ms, journey.startMs);
  const end = journey.ways[0]?.points.at(-1)?.ms ?? b;
  const other = hit.journey.ways[0]?.points.at(-1)?.ms ?? a;
  const [fromMs, toMs] = b - a > 0.5 ? [a, b] : end > b ? [b, end] : other > a ? [a, other] : [a, b];
  const px = time.yOf(toMs) - time.yOf(fromMs) + step;
  return { journeys: [hit.journey, journey], crossing, apart: { fromMs, toMs, px } };
}

function badgeAt(journey: Journey, ways: readonly DrawnWay[], box: Box): Point {
  const wall = ways[0]?.points.at(-1);
  if (journey.kind === 'blocked' && wall) return wall;
  const [topLeft] = corners({ ...box, w: box.w + 22, h: 0 });
  return topLeft ?? { x: box.cx, y: box.cy };
}
