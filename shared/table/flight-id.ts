/** The segment that flies: the copies of `c1` are the flights `c1`, `c1.2`, `c1.3` … */
export function segmentOf(flight: string): string {
  return flight.split('.')[0] ?? flight;
}

/** Which copy of its segment a flight is, from 1. */
export function copyNumberOf(flight: string): number {
  return Number(flight.split('.')[1] ?? 1);
}
