import type { Why } from '../../shared/tcp/cause.ts';
import type { Fault, Field, MisconceptionCode, Verdict } from '../../shared/tcp/verdict.ts';
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

/** A number, flags by their names (the judge's `none` is a word), a state; or that there is nothing. */
export function faultValue(value: Fault['given']): string {
  if (value === null) return m.end_nothing_value();
  return value === 'none' ? m.end_no_flags() : String(value);
}

/** What the answer was for: `your SYN answers connect()`; empty if the catalogues have no sentence. */
export const whySentence = (why: Why): string => lookup(`why_${why}`) ?? '';

/**
 * What a wrong answer should have been for, where its faults only say with which values; empty if they say
 * more, or nothing was due.
 */
export function dueSentence({ why, faults }: Verdict): string {
  const plain = faults.some(({ code, field }) => code === 'other' && field !== 'state');
  return plain && why !== 'nothing' ? whySentence(why) : '';
}

/** A habit worth a word, though the segment is legal. */
export const remarkSentence = (code: MisconceptionCode): string => lookup(`fault_${code}`) ?? '';
