import type { Due } from './due.ts';
import type { Field } from './verdict.ts';
import { ACK, flagNames } from './segment.ts';

export interface Hint {
  readonly field: Exclude<Field, 'state'>;
  /** Names of flags joined with commas, or a number. */
  readonly value: number | string;
}

/**
 * The next field that has not been given away: flags, then seq, ack (if there is one), data. Null when all
 * are.
 */
export function hint(due: Due, given: readonly Field[]): Hint | null {
  if (!given.includes('flags')) return { field: 'flags', value: flagNames(due.flags.required).join(',') };
  if (!given.includes('seq')) return { field: 'seq', value: due.seq };
  if (due.ack !== null && due.flags.required & ACK && !given.includes('ack')) {
    return { field: 'ack', value: due.ack };
  }
  if (!given.includes('data')) return { field: 'data', value: due.plain.dataOctets };
  return null;
}
