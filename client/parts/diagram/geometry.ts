import type { Side } from '../../../shared/scenario/types.ts';
import type { FlightView } from '../../../shared/table/table-now.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';
import type { State } from '../../../shared/tcp/state.ts';
import { breakWords } from './break-words.ts';
import { corners, crosses, overlap, reach } from './box.ts';
import type { Box, Point } from './box.ts';
import { columns } from './columns.ts';
import type { Columns } from './columns.ts';
import { journeys, nominalFlights } from './journey.ts';
import type { Journey, Way } from './journey.ts';
import { labelOf } from './label.ts';
import type { Label } from './label.ts';
import type { DiagramLens } from './lens.ts';
import { bands as bandsOf, marks as marksOf, rulers as rulersOf } from './lifeline.ts';
import type { BandSpan, Mark, Ruler } from './lifeline.ts';
import { timeMap } from './time-map.ts';
import type { Apart, Break, TimeMap } from './time-map.ts';

export interface LayoutInput {
  readonly lens: DiagramLens;
  readonly trace: readonly TraceItem[];
  readonly flights?: readonly FlightView[];
  readonly states?: Readonly<Partial<Record<Side, State>>>;
  readonly width: number;
}

/** One way over the link, in px. */
export interface DrawnWay {
  readonly points: readonly Point[];
  readonly ending: Way['ending'];
  readonly why: Way['why'];
  readonly held: boolean;
  readonly fork: boolean;
  /** The direction in which its last stretch runs, radians. */
  readonly heading: number;
}

export interface DrawnSegment {
  readonly key: string;
  readonly journey: Journey;
  readonly ways: readonly DrawnWay[];
  readonly label: Label;
  readonly box: Box;
  /** Centre of the badge of a wrong one. */
  readonly badge: Point;
}

export interface DrawnBand extends BandSpan {
  readonly y: number;
  /** Null: to where time has come. */
  readonly endY: number | null;
  /** Where the state's name is written: at the top of the band, and again down a long one. */
  readonly nameYs: readonly number[];
}

export interface DrawnMark {
  readonly key: string;
  readonly mark: Mark;
  readonly y: number;
}

export interface DrawnRuler {
  readonly key: string;
  readonly ruler: Ruler;
  readonly y: number;
}

/** Everything the diagram draws, in px of a sheet `width` wide and `height` high. */
export interface Drawing {
  readonly columns: Columns;
  readonly time: TimeMap;
  readonly segments: readonly DrawnSegment[];
  readonly bands: readonly DrawnBand[];
  readonly marks: readonly DrawnMark[];
  readonly rulers: readonly DrawnRuler[];
  readonly breaks: readonly Break[];
  readonly height: number;
}

/** A name is written again in a band after this much. */
const NAME_AGAIN_PX = 360;
/** Rounds of spreading until labels are free of each other. A class's longest exchange needs about five. */
const MOST_ROUNDS = 60;
const LABEL_LIFT_PX = 4;
/** Labels of lines that cross must fit beside each other: a share of the distance between the lifelines. */
const COMPACT = 0.44;
export const BLOCKED_PX = 30;

/** Trace → drawing. Pure: the same trace and width always give the same picture. */
export function layout(input: LayoutInput): Drawing {
  const { lens, trace } = input;
  const cols = columns(lens, input.width);
  const found = journeys(trace, lens, input.flights ?? []);
  const spans = bandsOf(trace, lens, input.states ?? {});
  const marks = marksOf(trace, lens);
  const rulers = rulersOf(trace);
  const nominal = nominalFlights(trace);
  const pxPerMs = cols.dropPx / Math.max(1, Math.min(nominal.client, nominal.server));

  const events = [
    Math.min(0, ...trace.map(({ ms }) => ms)),
    ...trace.filter(({ kind }) => kind !== 'clock').map(({ ms }) => ms),
    ...found.flatMap(({ ways }) => ways.flatMap(({ points }) => points.map(({ ms }) => ms))),
    ...spans.map(({ fromMs }) => fromMs),
  ];
  // Labels that find no free place are first written in more rows; after that they push what they belong to
  // further down, until all are free of each other, and of what is written at the breaks.
  const compact = new Set<string>();
  const extra: Apart[] = [];
  const attempt = () => {
    const labels = new Map(
      found.map((journey) => [journey.key, labelFor(journey, cols, compact.has(journey.key))]),
    );
    const apart = [...standing(found, labels, spans, marks, rulers, cols), ...extra];
    const time = timeMap(events, apart, {
      topY: cols.topPx,
      pxPerMs,
      longestPx: cols.dropPx * 2.2,
      idlePx: cols.idlePx,
    });
    return { time, ...placeAll(found, labels, time, cols) };
  };
  let placed = attempt();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (placed.clashes.length === 0) {
      const crowded = crowdedBreaks(placed, cols);
      if (crowded.length === 0) break;
      extra.push(...crowded);
    }
    for (const clash of placed.clashes) {
      const wide = clash.journeys.filter(
        ({ key, kind }) =>
          kind !== 'blocked' && !compact.has(key) && (placed.widths.get(key) ?? 0) > cols.widePx * COMPACT,
      );
      if (clash.crossing && wide.length > 0) wide.forEach(({ key }) => compact.add(key));
      else extra.push(clash.apart);
    }
    placed = attempt();
  }
  const { time } = placed;

  const bands = spans.map((span): DrawnBand => {
    const y = time.yOf(span.fromMs);
    const endY = span.toMs === null ? null : time.yOf(span.toMs);
    const first = clearOfBreaks(y, endY ?? time.lastY + cols.idlePx, cols.bandPx(span.state), time.breaks);
    const nameYs = [first];
    for (let again = first + NAME_AGAIN_PX; again < (endY ?? time.lastY) - 120; again += NAME_AGAIN_PX) {
      nameYs.push(clearOfBreaks(again, endY ?? time.lastY, cols.bandPx(span.state), time.breaks));
    }
    return { ...span, y, endY, nameYs };
  });
  return {
    columns: cols,
    time,
    segments: placed.segments,
    bands,
    marks: placeMarks(marks, time, cols),
    rulers: rulers.map((ruler) => ({ key: ruler.key, ruler, y: time.yOf(ruler.item.ms) })),
    breaks: time.breaks,
    height: Math.max(time.lastY, ...placed.segments.flatMap(lowest)) + cols.idlePx + 16,
  };
}

/** A name that would be cut by a break stands below it, and below the next, if the band is long enough. */
function clearOfBreaks(y: number, endY: number, namePx: number, breaks: readonly Break[]): number {
  return breaks.reduce((at, gap) => {
    const cuts = gap.y > at - 4 && gap.y < at + namePx + 4;
    return cuts && gap.y + 8 + namePx <= endY ? gap.y + 8 : at;
  }, y);
}

function lowest(segment: DrawnSegment): readonly number[] {
  return segment.ways.flatMap(({ points }) => points.map(({ y }) => y));
}

function labelFor(journey: Journey, cols: Columns, compact: boolean): Label {
  const { item } = journey;
  const faults = item.kind === 'arrived' ? [] : (item.verdict?.faults ?? []);
  const room =
    journey.kind === 'blocked'
      ? cols.labelPx - BLOCKED_PX - cols.font
      : journey.ways.some(({ ending }) => ending === 'lost') && cols.widePx > 400
        ? cols.labelPx * 0.75
        : cols.labelPx;
  return labelOf(journey.seg, cols.font, compact ? cols.widePx * COMPACT : room, faults);
}

/** Distances that hold whatever the labels do. */
function standing(
  found: readonly Journey[],
  labels: ReadonlyMap<string, Label>,
  spans: readonly BandSpan[],
  marks: readonly Mark[],
  rulers: readonly Ruler[],
  cols: Columns,
): readonly Apart[] {
  const apart: Apart[] = [];
  for (const side of ['client', 'server'] as const) {
    const starts = spans.filter((span) => span.side === side);
    starts.slice(1).forEach((span, i) => {
      const before = starts[i];
      if (before) apart.push({ fromMs: before.fromMs, toMs: span.fromMs, px: cols.bandPx(before.state) });
    });

    const groups = clusters(marks.filter((mark) => mark.side === side));
    groups.slice(1).forEach((group, i) => {
      const before = groups[i];
      if (!before || !group[0] || !before[0]) return;
      apart.push({ fromMs: before[0].item.ms, toMs: group[0].item.ms, px: before.length * cols.markPx + 2 });
    });

    // Lines that meet the same lifeline one after the other leave room for what is written on the later.
    const touching = found
      .flatMap((journey) => {
        const leaves = journey.from === side && journey.kind !== 'emerged';
        const ends = journey.ways.filter(({ ending }) => ending === 'arrived' || ending === 'unknown');
        const arrives =
          journey.from === side || journey.kind === 'blocked' ? [] : ends.map((way) => way.points.at(-1));
        const h = labels.get(journey.key)?.h ?? 0;
        return [
          ...(leaves ? [{ ms: journey.startMs, leaves: true, h, journey }] : []),
          ...arrives.flatMap((end) => (end ? [{ ms: end.ms, leaves: false, h, journey }] : [])),
        ];
      })
      .sort((a, b) => a.ms - b.ms);
    touching.slice(1).forEach((event, i) => {
      const before = touching[i];
      if (!before || before.journey === event.journey) return;
      const same = before.leaves === event.leaves;
      // Out of the fog it comes from above, and what went into the fog before it hangs down.
      const fog = event.journey.kind === 'emerged' && event.journey.ways[0]?.ending === 'unknown';
      const px =
        fog && before.leaves
          ? cols.fogDropPx * 1.4 + event.h + 8
          : same || event.leaves
            ? event.h + 8
            : Math.max(16, event.h * 0.6);
      apart.push({ fromMs: before.ms, toMs: event.ms, px });
    });
  }

  for (const journey of found) {
    for (const way of journey.ways) {
      const end = way.points.at(-1);
      if (!end || end.ms <= journey.startMs) continue;
      const least = cols.dropPx * 0.55 * Math.max(0.3, end.at);
      apart.push({ fromMs: journey.startMs, toMs: end.ms, px: least });
    }
  }
  rulers.slice(1).forEach((ruler, i) => {
    const before = rulers[i];
    if (before) apart.push({ fromMs: before.item.ms, toMs: ruler.item.ms, px: cols.rowPx });
  });
  return apart;
}

/** Marks of the same instant are stacked. */
function clusters(marks: readonly Mark[]): readonly (readonly Mark[])[] {
  const groups: Mark[][] = [];
  for (const mark of marks) {
    const last = groups.at(-1);
    if (last?.[0]?.item.ms === mark.item.ms) last.push(mark);
    else groups.push([mark]);
  }
  return groups;
}

function placeMarks(marks: readonly Mark[], time: TimeMap, cols: Columns): readonly DrawnMark[] {
  return (['client', 'server'] as const).flatMap((side) =>
    clusters(marks.filter((mark) => mark.side === side)).flatMap((group) =>
      group.map((mark, i) => ({ key: mark.key, mark, y: time.yOf(mark.item.ms) + i * cols.markPx })),
    ),
  );
}

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

function placeAll(
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
    for (const { box, cost: taste } of candidates(journey, ways, label, cols)) {
      const hit =
        obstacles.find(
          (other) => other.owner !== owner && overlap(other.label ? grown(box) : box, other.box),
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

/** Labels keep a little distance. */
function grown(box: Box): Box {
  return { ...box, w: box.w + 6, h: box.h + 2 };
}

/** A break is made taller until no label lies on what is written there. */
function crowdedBreaks(
  { time, segments }: Placing & { readonly time: TimeMap },
  cols: Columns,
): readonly Apart[] {
  return time.breaks.flatMap((gap) => {
    const words = breakWords(gap, cols);
    if (!segments.some(({ box }) => overlap(grown(box), words))) return [];
    const px = time.yOf(gap.toMs) - time.yOf(gap.fromMs) + cols.font / 2;
    return [{ fromMs: gap.fromMs, toMs: gap.toMs, px }];
  });
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

function drawWay(journey: Journey, way: Way, time: TimeMap, cols: Columns): DrawnWay {
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

/** Where a label could stand: along its line above it, shifted to and fro; then below it. */
function candidates(
  journey: Journey,
  ways: readonly DrawnWay[],
  label: Label,
  cols: Columns,
): readonly { box: Box; cost: number }[] {
  const [main] = ways;
  if (!main) return [];
  const [first] = main.points;
  if (journey.kind === 'blocked' && first) {
    const out = journey.from === 'client' ? 1 : -1;
    const cx = first.x + out * (BLOCKED_PX + cols.font + label.w / 2);
    return [{ box: { cx, cy: first.y + BLOCKED_PX * 0.06, w: label.w, h: label.h, angle: 0 }, cost: 0 }];
  }
  const [p, q] = labelled(main.points, cols.widePx * 0.3);
  const run = q.x - p.x;
  const slope = run === 0 ? 0 : (q.y - p.y) / run;
  const angle = Math.atan(slope);
  const lift = LABEL_LIFT_PX + label.h / 2 + (main.ending === 'lost' ? 2 : 0);
  const half = reach({ w: label.w, h: label.h, angle }).x;
  const [left, right] = cols.labelSpan;
  const shifts =
    main.ending === 'unknown'
      ? [journey.kind === 'sent' ? 0.36 : 0.64, 0.3, 0.7, 0.5]
      : main.ending === 'lost'
        ? [0.5, 0.6, 0.7, 0.4, 0.85, 0.3]
        : [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8];
  return shifts.flatMap((shift, i) => {
    const x = Math.max(left + half, Math.min(right - half, p.x + run * shift));
    const y = p.y + (x - p.x) * slope;
    return [-1, 1].map((where) => ({
      box: {
        cx: x - where * Math.sin(angle) * lift,
        cy: y + where * Math.cos(angle) * lift,
        w: label.w,
        h: label.h,
        angle,
      },
      cost: i * 0.4 + (where > 0 ? 4 : 0),
    }));
  });
}

/** A segment is labelled where it sets out, unless the link took hold of it at once. */
function labelled([first, second, ...rest]: readonly Point[], leastPx: number): readonly [Point, Point] {
  const from = first ?? { x: 0, y: 0 };
  const to = second ?? from;
  const last = rest.at(-1);
  return last && Math.abs(to.x - from.x) < leastPx ? [rest.at(-2) ?? to, last] : [from, to];
}

/** Where the end of a way is drawn with more than an arrow's head: nobody else's label may cover it. */
function markerAt({ points, ending, fork }: DrawnWay): Point | null {
  const last = points.at(-1);
  if (ending === 'lost') return last ?? null;
  if (ending === 'torn' && last) return last;
  return fork ? (points[0] ?? null) : null;
}

function badgeAt(journey: Journey, ways: readonly DrawnWay[], box: Box): Point {
  const wall = ways[0]?.points.at(-1);
  if (journey.kind === 'blocked' && wall) return wall;
  const [topLeft] = corners({ ...box, w: box.w + 22, h: 0 });
  return topLeft ?? { x: box.cx, y: box.cy };
}
