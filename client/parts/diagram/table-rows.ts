import type { Side } from '../../../shared/scenario/types.ts';
import { segmentOf } from '../../../shared/table/flight-id.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';
import type { Segment } from '../../../shared/tcp/segment.ts';
import type { State } from '../../../shared/tcp/state.ts';
import { SIDES, other } from '../../../shared/scenario/sides.ts';

/** One line of the table that says what the diagram shows. */
export interface TableRow {
  readonly item: TraceItem;
  /** What is chosen with it: of what was done to a segment, the segment. */
  readonly about: TraceItem;
  readonly side: Side | null;
  readonly from: Side | null;
  readonly to: Side | null;
  readonly seg: Segment | null;
  /** The state of the end that it happened to, afterwards; null if it is not known. */
  readonly state: State | null;
}

/** The trace as a table; a change of state stands in the row that brought it. */
export function tableRows(
  trace: readonly TraceItem[],
  states: Readonly<Partial<Record<Side, State>>>,
): readonly TableRow[] {
  const current: Partial<Record<Side, State>> = {};
  for (const side of SIDES) {
    const first = trace.find((item) => item.kind === 'state' && item.side === side);
    const start = first?.kind === 'state' ? first.was : states[side];
    if (start !== undefined) current[side] = start;
  }
  const sent = new Map(trace.flatMap((item) => (item.kind === 'sent' ? [[item.id, item] as const] : [])));
  /** Of what was done to a segment: the segment, where its leaving was seen. */
  const doneTo = (flight: string) => {
    const segment = sent.get(segmentOf(flight));
    return segment
      ? { about: segment, from: segment.side, to: other(segment.side), seg: segment.seg }
      : { from: null, to: null, seg: null };
  };
  const rows: TableRow[] = [];
  const add = (item: TraceItem, row: Omit<TableRow, 'item' | 'about'> & Partial<Pick<TableRow, 'about'>>) =>
    rows.push({ item, about: item, ...row });
  for (const item of trace) {
    switch (item.kind) {
      case 'state': {
        current[item.side] = item.is;
        const last = rows.at(-1);
        if (last && last.side === item.side && last.item.ms === item.ms) {
          rows[rows.length - 1] = { ...last, state: item.is };
        } else add(item, { side: item.side, from: null, to: null, seg: null, state: item.is });
        break;
      }
      case 'sent':
      case 'blocked':
        add(item, {
          side: item.side,
          from: item.side,
          to: other(item.side),
          seg: item.seg,
          state: current[item.side] ?? null,
        });
        break;
      case 'arrived':
      case 'bluff-called':
        add(item, {
          side: item.side,
          from: other(item.side),
          to: item.side,
          seg: item.seg,
          state: current[item.side] ?? null,
        });
        break;
      case 'lost':
        add(item, {
          side: null,
          from: item.from,
          to: other(item.from),
          seg: item.seg,
          state: null,
        });
        break;
      case 'called-out':
        add(item, {
          side: null,
          from: item.side,
          to: other(item.side),
          seg: item.seg,
          state: null,
        });
        break;
      case 'called':
      case 'timer':
      case 'nothing':
      case 'label':
      case 'hint':
      case 'backlog':
        add(item, {
          side: item.side,
          from: null,
          to: null,
          seg: null,
          state: current[item.side] ?? null,
        });
        break;
      case 'touch':
      case 'revealed':
        add(item, { side: null, ...doneTo(item.id), state: null });
        break;
      case 'cable':
      case 'storm':
      case 'ended':
        add(item, { side: null, from: null, to: null, seg: null, state: null });
        break;
      case 'conditions':
      case 'prediction':
      case 'clock':
        break;
    }
  }
  return rows;
}
