import type { TraceItem } from '../../../shared/table/trace.ts';

/** When each copy of a segment that was sent arrived, virtual ms; none of what is no such segment. */
export function arrivalsOf(item: TraceItem | null, trace: readonly TraceItem[]): readonly number[] {
  if (item?.kind !== 'sent') return [];
  return trace.flatMap((other) => (other.kind === 'arrived' && other.id === item.id ? [other.ms] : []));
}
