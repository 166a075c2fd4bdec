import { other } from '../../../shared/scenario/sides.ts';
import type { Side } from '../../../shared/scenario/types.ts';
import type { TraceItem } from '../../../shared/table/trace.ts';

const DEFAULT_FLIGHT_MS = 1500;

/**
 * The usual time from end to end by sending side, virtual ms: what is typical of the trace, or the
 * classroom's pace.
 */
export function nominalFlights(trace: readonly TraceItem[]): Readonly<Record<Side, number>> {
  const durations: Record<Side, number[]> = { client: [], server: [] };
  for (const item of trace) {
    if (item.kind === 'arrived' && item.sentMs !== undefined)
      durations[other(item.side)].push(item.ms - item.sentMs);
    else if (item.kind === 'sent' && item.fate) {
      for (const copy of item.fate.copies) durations[item.side].push(copy.arrivesMs - item.ms);
    }
  }
  const client = median(durations.client);
  const server = median(durations.server);
  return {
    client: client ?? server ?? DEFAULT_FLIGHT_MS,
    server: server ?? client ?? DEFAULT_FLIGHT_MS,
  };
}

function median(values: readonly number[]): number | null {
  const sorted = values.filter((ms) => Number.isFinite(ms) && ms > 0).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
