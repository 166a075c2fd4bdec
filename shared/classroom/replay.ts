import type { Classroom, ClassroomEntry } from './types.ts';

/** The classroom that a log makes. Throws if it does not begin with `classroom-opened`. */
export function replay(_log: readonly ClassroomEntry[]): Classroom {
  throw new Error('not yet');
}
