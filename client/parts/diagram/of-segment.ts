/** The segment of a flight: the copies of `c1` fly as `c1`, `c1.2`, `c1.3` … */
export function ofSegment(flight: string): string {
  return flight.split('.')[0] ?? flight;
}
