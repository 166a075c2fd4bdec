import type { Fault } from '../../shared/tcp/verdict.ts';

/** A fault in the words of the segments that the commands read and write: what the lab calls `data` is `len`. */
export function toldFault({
  field,
  code,
  given,
  needed,
  section,
}: Pick<Fault, 'field' | 'code' | 'given' | 'needed' | 'section'>): object {
  return { field: field === 'data' ? 'len' : field, code, given, needed, section };
}
