import type { TraceItem } from '../../shared/table/trace.ts';

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
