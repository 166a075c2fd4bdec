import type { Side } from '../../../shared/scenario/types.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';
import type { State } from '../../../shared/tcp/state.ts';
import type { DiagramLens } from './lens.ts';
import { SIDES } from '../../../shared/scenario/sides.ts';

/** One end was in one state for a while. */
export interface BandSpan {
  readonly side: Side;
  readonly state: State;
  readonly fromMs: number;
  /** Null: it still is. */
  readonly toMs: number | null;
}

type MarkItem = Extract<
  TraceItem,
  {
    kind: 'called' | 'timer' | 'nothing' | 'label' | 'hint' | 'bluff-called' | 'called-out' | 'backlog';
  }
>;

/** Something that happened at one end and is no segment. */
export interface Mark {
  readonly key: string;
  readonly side: Side;
  readonly item: MarkItem;
}

/** Something that happened to the link: a line across. */
export interface Ruler {
  readonly key: string;
  readonly item: Extract<TraceItem, { kind: 'cable' | 'conditions' | 'storm' | 'ended' }>;
}

/**
 * The states that each end went through. A state that lasted no time (two changes on one arrival) has no
 * band.
 */
export function bands(
  trace: readonly TraceItem[],
  lens: DiagramLens,
  states: Readonly<Partial<Record<Side, State>>>,
): readonly BandSpan[] {
  if (lens === 'link') return [];
  const startMs = Math.min(0, ...trace.map(({ ms }) => ms));
  return SIDES.flatMap((side): BandSpan[] => {
    if (lens !== 'full' && lens !== side) return [];
    const changes = trace.filter((item) => item.kind === 'state' && item.side === side) as Extract<
      TraceItem,
      { kind: 'state' }
    >[];
    const first = changes[0]?.was ?? states[side];
    if (first === undefined) return [];
    const entered = [{ state: first, ms: startMs }, ...changes.map(({ is, ms }) => ({ state: is, ms }))];
    return entered
      .map(({ state, ms }, i) => ({ side, state, fromMs: ms, toMs: entered[i + 1]?.ms ?? null }))
      .filter(({ fromMs, toMs }) => toMs === null || toMs > fromMs);
  });
}

/**
 * Calls, timers and what was said without a segment. Answers that were right leave no mark; what the judge
 * says of a segment stands at the segment.
 */
export function marks(trace: readonly TraceItem[], lens: DiagramLens): readonly Mark[] {
  if (lens === 'link') return [];
  return trace.flatMap((item, i): Mark[] => {
    const shown =
      item.kind === 'called' ||
      item.kind === 'backlog' ||
      item.kind === 'bluff-called' ||
      item.kind === 'called-out' ||
      item.kind === 'timer' ||
      item.kind === 'hint' ||
      ((item.kind === 'nothing' || item.kind === 'label') && item.verdict?.verdict === 'wrong');
    if (!shown || (lens !== 'full' && lens !== item.side)) return [];
    return [{ key: `m${i}`, side: item.side, item }];
  });
}

export function rulers(trace: readonly TraceItem[]): readonly Ruler[] {
  const first = trace.findIndex(({ kind }) => kind === 'sent' || kind === 'arrived');
  return trace.flatMap((item, i): Ruler[] => {
    // Conditions that were in force from the start are no event.
    const shown =
      item.kind === 'cable' ||
      item.kind === 'storm' ||
      item.kind === 'ended' ||
      (item.kind === 'conditions' && i > first && first >= 0);
    return shown ? [{ key: `r${i}`, item }] : [];
  });
}
