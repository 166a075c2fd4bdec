import type { Side } from '../../../shared/scenario/types.ts';
import type { FlightView } from '../../../shared/table/table-now.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';
import type { State } from '../../../shared/tcp/state.ts';
import { columns } from './columns.ts';
import type { Columns } from './columns.ts';
import { crowdedBreaks } from './crowded-breaks.ts';
import { BLOCKED_PX } from './draw-way.ts';
import type { DrawnSegment, Drawing } from './drawing.ts';
import { journeys } from './journey.ts';
import type { Journey } from './journey.ts';
import { labelOf } from './label.ts';
import type { Label } from './label.ts';
import type { DiagramLens } from './lens.ts';
import { bands as bandsOf, marks as marksOf, rulers as rulersOf } from './lifeline.ts';
import { nominalFlights } from './nominal-flights.ts';
import { placeBands } from './place-bands.ts';
import { placeMarks } from './place-marks.ts';
import { placeSegments } from './place-segments.ts';
import { standing } from './standing.ts';
import { timeMap } from './time-map.ts';
import type { Apart } from './time-map.ts';

export interface LayoutInput {
  readonly lens: DiagramLens;
  readonly trace: readonly TraceItem[];
  readonly flights?: readonly FlightView[];
  readonly states?: Readonly<Partial<Record<Side, State>>>;
  readonly width: number;
}

/** Rounds of spreading until labels are free of each other. A class's longest exchange needs about five. */
const MOST_ROUNDS = 60;
/** Labels of lines that cross must fit beside each other: a share of the distance between the lifelines. */
const COMPACT = 0.44;

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
    return { time, ...placeSegments(found, labels, time, cols) };
  };
  let placed = attempt();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (placed.clashes.length === 0) {
      const crowded = crowdedBreaks(placed.segments, placed.time, cols);
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

  return {
    columns: cols,
    time,
    segments: placed.segments,
    bands: placeBands(spans, time, cols),
    marks: placeMarks(marks, time, cols),
    rulers: rulers.map((ruler) => ({ key: ruler.key, ruler, y: time.yOf(ruler.item.ms) })),
    breaks: time.breaks,
    height: Math.max(time.lastY, ...placed.segments.flatMap(lowest)) + cols.idlePx + 16,
  };
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
