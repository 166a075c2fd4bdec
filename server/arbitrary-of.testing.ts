import fc from 'fast-check';

/** As much of a JSON Schema as those of the messages use. */
interface Schema {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What there is to talk about, by the name of the field: ids of tables, people, scenarios. */
export type Known = Readonly<Record<string, readonly string[]>>;

/** Whatever a schema lets through, most of it about what there is. */
export function arbitraryOf(schema: Schema, known: Known, field = ''): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => arbitraryOf(one, known, field)));
  switch (schema.type) {
    case 'object': {
      const { properties = {}, required = [] } = schema;
      const fields = Object.entries(properties).map(
        ([name, one]) => [name, arbitraryOf(one, known, name)] as const,
      );
      return fc.record(Object.fromEntries(fields), { requiredKeys: [...required], noNullPrototype: true });
    }
    case 'string': {
      const { pattern = '^.*$', maxLength = 64 } = schema;
      const any = fc.stringMatching(new RegExp(pattern)).map((text) => text.slice(0, maxLength));
      const there = (known[field] ?? []).filter((text) => new RegExp(pattern).test(text));
      return there.length === 0
        ? any
        : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...there) }, { weight: 1, arbitrary: any });
    }
    case 'integer': {
      const { minimum: min = -(2 ** 31), maximum: max = 2 ** 31 } = schema;
      return fc.oneof(fc.integer({ min, max }), fc.integer({ min, max: Math.min(max, min + 9) }));
    }
    case 'number': {
      const { minimum: min = -1e6, maximum: max = 1e6 } = schema;
      const low = Math.ceil(Math.max(min, 0));
      const small = fc.integer({ min: low, max: Math.min(Math.floor(max), low + 100) });
      return fc.oneof(fc.double({ min, max, noNaN: true }), small);
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      throw new Error(`no values are known for ${JSON.stringify(schema)}`);
  }
}
