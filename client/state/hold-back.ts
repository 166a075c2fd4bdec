import type { TraceItem } from '../../shared/table/trace.ts';
import type { State } from '../../shared/tcp/state.ts';

/**
 * An end's trace without the states that it is yet to be asked for: where a scenario asks for the state after each
 * answer, the page does not show it first. What nobody asks for stays: LISTEN, and what follows TIME-WAIT.
 */
export function holdBackStates(trace: readonly TraceItem[]): readonly TraceItem[] {
  const asked = trace.findLastIndex(({ kind }) => kind === 'label');
  const hidden = (item: TraceItem, i: number) =>
    i > asked && item.kind === 'state' && item.is !== 'LISTEN' && item.was !== 'TIME-WAIT';
  return trace.some(hidden) ? trace.filter((item, i) => !hidden(item, i)) : trace;
}

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
