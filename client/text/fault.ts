import type { Why } from '../../shared/tcp/cause.ts';
import type { Fault, Field, MisconceptionCode } from '../../shared/tcp/verdict.ts';
import { m } from '../paraglide/messages.js';
import { lookup } from './lookup.ts';

const FIELDS: Readonly<Record<Field, () => string>> = {
  flags: m.end_field_flags,
  seq: m.end_field_seq,
  ack: m.end_field_ack,
  data: m.end_field_data,
  state: m.end_field_state,
};

/** A field of an answer, by name. */
export const fieldName = (field: Field): string => FIELDS[field]();

/** One sentence why, with the two numbers where it takes them; empty if none is known. */
export function faultSentence(fault: Fault): string {
  const inputs = { given: faultValue(fault.given), needed: faultValue(fault.needed), diff: fault.diff ?? 0 };
  return lookup(`fault_${fault.code}`, inputs) ?? lookup('fault_other', inputs) ?? '';
}

/** A number, flags by their names, a state; or that there is nothing. */
export function faultValue(value: Fault['given']): string {
  return value === null ? m.end_nothing_value() : String(value);
}

/** What the answer was for: `your SYN answers connect()`; empty if the catalogues have no sentence. */
export const whySentence = (why: Why): string => lookup(`why_${why}`) ?? '';

/** A habit worth a word, though the segment is legal. */
export const remarkSentence = (code: MisconceptionCode): string => lookup(`fault_${code}`) ?? '';
