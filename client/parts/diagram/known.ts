import { segmentOf } from '../../../shared/table/flight-id.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';

/** What a trace tells of one segment: whether it was seen to leave, and what became of it. */
export interface Known {
  readonly sent: boolean;
  readonly arrivals: readonly Extract<TraceItem, { kind: 'arrived' }>[];
  readonly losses: readonly Extract<TraceItem, { kind: 'lost' }>[];
  readonly touches: readonly Extract<TraceItem, { kind: 'touch' }>[];
}

export const NOTHING_KNOWN: Known = { sent: false, arrivals: [], losses: [], touches: [] };

/** By the segments' ids. */
export function gather(trace: readonly TraceItem[]): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  const at = (id: string) => known.get(id) ?? NOTHING_KNOWN;
  for (const item of trace) {
    if (item.kind === 'sent') known.set(item.id, { ...at(item.id), sent: true });
    else if (item.kind === 'arrived' && item.id !== undefined) {
      known.set(item.id, { ...at(item.id), arrivals: [...at(item.id).arrivals, item] });
    } else if (item.kind === 'lost') {
      known.set(item.id, { ...at(item.id), losses: [...at(item.id).losses, item] });
    } else if (item.kind === 'touch') {
      const id = segmentOf(item.id);
      known.set(id, { ...at(id), touches: [...at(id).touches, item] });
    }
  }
  return known;
}
