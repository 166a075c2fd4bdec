import type { TraceItem } from '../../shared/table/trace.ts';
import type { State } from '../../shared/tcp/state.ts';

/**
 * An end's trace without the states that it is yet to be asked for: where a scenario asks for the state after
 * each answer, the page does not show it first. What nobody asks for stays: LISTEN, and what follows
 * TIME-WAIT.
 */
export function holdBackStates(trace: readonly TraceItem[]): readonly TraceItem[] {
  const asked = trace.findLastIndex(({ kind }) => kind === 'label');
  const hidden = (item: TraceItem, i: number) => i > asked && isAskedFor(item);
  return trace.some(hidden) ? trace.filter((item, i) => !hidden(item, i)) : trace;
}

/**
 * An end's trace in the order in which it is told: a state comes after the answer that brought it out,
 * however long it was held back. What has been told stays as it is, and what is new comes at its end.
 */
export function inOrderTold(trace: readonly TraceItem[]): readonly TraceItem[] {
  let held: readonly TraceItem[] = [];
  return trace.flatMap((item) => {
    if (isAskedFor(item)) {
      held = [...held, item];
      return [];
    }
    if (item.kind !== 'label') return [item];
    const brought = held;
    held = [];
    return [item, ...brought];
  });
}

const isAskedFor = (item: TraceItem): boolean =>
  item.kind === 'state' && item.is !== 'LISTEN' && item.was !== 'TIME-WAIT';

/** The state of an end as far as its trace has told: what is held back of it is not shown either. */
export function toldState(
  state: State | null,
  witnessed: readonly TraceItem[],
  told: readonly TraceItem[],
): State | null {
  if (state === null || told === witnessed) return state;
  const last = told.findLast((item) => item.kind === 'state');
  const first = witnessed.find((item) => item.kind === 'state');
  return last?.is ?? first?.was ?? state;
}
