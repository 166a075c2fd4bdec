import type { FaultCode } from '../tcp/verdict.ts';
import type { Point, Rule } from './mark.ts';
import type { Told } from './told.ts';

/** A point with the place where it was won or lost. */
export function pointOf(
  { it, item }: Told,
  rule: Rule,
  points: number,
  outOf: number,
  code: FaultCode | null,
): Point {
  return { rule, points, outOf, ms: it.ms, item, segment: 'id' in it ? it.id : null, code };
}
