import type { TSchema } from 'typebox';
import { Check, Errors } from 'typebox/value';

/** Where a value does not fit its schema, and which rule it breaks there. */
export interface Misfit {
  /** `calls[2].when`; empty: the whole value. */
  readonly path: string;
  readonly rule: string;
  readonly field?: string;
  readonly expected?: string;
  readonly allowed?: string;
  readonly limit?: number;
}

/** The parts of JSON Schema that the lab's schemas use. */
interface Schema {
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
}

/**
 * The first place where a value does not fit, as deep as can be said; null if it fits. Of several forms that
 * something may have, the one meant is taken to be the one whose fixed words fit and which shares most fields
 * with the value, so that a slip in a `write` is not reported as "no `connect`".
 */
export function misfit(schema: TSchema, value: unknown): Misfit | null {
  return search(schema, value, '');
}

function search(schema: Schema, value: unknown, path: string): Misfit | null {
  // Annotated, or the check would narrow `value` to never below.
  const fits: boolean = Check(schema, value);
  if (fits) return null;
  if (schema.anyOf) return ofForms(schema.anyOf, value, path);
  if (schema.properties && isRecord(value)) return ofObject(schema, schema.properties, value, path);
  if (schema.items && Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      const found = search(schema.items, item, `${path}[${i}]`);
      if (found) return found;
    }
  }
  return { path, ...leaf(schema, value) };
}

function ofObject(
  { required = [] }: Schema,
  properties: Readonly<Record<string, Schema>>,
  value: Readonly<Record<string, unknown>>,
  path: string,
): Misfit {
  for (const field of Object.keys(value)) {
    if (!Object.hasOwn(properties, field)) {
      // A word from outside does not travel back at any length.
      return { path, rule: 'unknown', field: field.slice(0, 40) };
    }
  }
  for (const field of required) {
    if (value[field] === undefined) return { path, rule: 'missing', field };
  }
  for (const [field, sub] of Object.entries(properties)) {
    if (value[field] === undefined && !required.includes(field)) continue;
    const found = search(sub, value[field], path === '' ? field : `${path}.${field}`);
    if (found) return found;
  }
  return { path, rule: 'type', expected: 'object' };
}

function ofForms(forms: readonly Schema[], value: unknown, path: string): Misfit {
  if (!isRecord(value)) {
    const simple = forms.find(({ type }) => (type === 'integer' ? 'number' : type) === typeOf(value));
    const found = simple && search(simple, value, path);
    if (found) return found;
    const expected = forms.map(({ type }) => type ?? 'null').join(' | ');
    return { path, rule: 'type', expected };
  }
  const objects = forms.filter((form) => form.properties);
  const tagged = objects.filter((form) => wrongTag(form, value) === null);
  const [tag] = objects.map((form) => wrongTag(form, value)).filter((name) => name !== null);
  if (tagged.length === 0 && tag !== undefined) {
    const allowed = objects.map((form) => String(form.properties?.[tag]?.const)).join(' | ');
    return { path: path === '' ? tag : `${path}.${tag}`, rule: 'one-of', allowed };
  }
  const nearest = tagged.sort((a, b) => likeness(b, value) - likeness(a, value))[0];
  return (nearest && search(nearest, value, path)) ?? { path, rule: 'type', expected: 'object' };
}

/** The field by which a form is told from the others, if the value has another word there. */
function wrongTag({ properties = {} }: Schema, value: Readonly<Record<string, unknown>>): string | null {
  for (const [field, sub] of Object.entries(properties)) {
    if (sub.const !== undefined && sub.const !== value[field]) return field;
  }
  return null;
}

/** How much of the form is in the value; what it requires counts most. */
function likeness(
  { properties = {}, required = [] }: Schema,
  value: Readonly<Record<string, unknown>>,
): number {
  const present = (fields: readonly string[]): number =>
    fields.filter((field) => value[field] !== undefined).length;
  return 10 * (present(required) - required.length) + present(Object.keys(properties));
}

const LIMITS: Readonly<Record<string, string>> = {
  minimum: 'at-least',
  maximum: 'at-most',
  minLength: 'length-at-least',
  maxLength: 'length-at-most',
  minItems: 'length-at-least',
  maxItems: 'length-at-most',
};

function leaf(schema: Schema, value: unknown): Omit<Misfit, 'path'> {
  const error = Errors(schema, value)[0];
  if (error?.keyword === 'enum' && 'allowedValues' in error.params) {
    return { rule: 'one-of', allowed: error.params.allowedValues.map(String).join(' | ') };
  }
  if (error?.keyword === 'pattern') return { rule: 'pattern', expected: schema.pattern ?? '' };
  if (error && error.keyword in LIMITS && 'limit' in error.params) {
    return { rule: LIMITS[error.keyword] ?? error.keyword, limit: Number(error.params.limit) };
  }
  return { rule: 'type', expected: schema.type ?? typeof schema.const };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
