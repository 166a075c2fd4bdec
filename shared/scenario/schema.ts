import { Type } from 'typebox';
import type { Static, TObject, TPartial, TProperties, TSchema } from 'typebox';
import { ConditionsSchema } from '../link/conditions-schema.ts';
import { STATES } from '../tcp/state.ts';
import { MISCONCEPTION_CODES } from '../tcp/verdict.ts';
import { LOCALES } from './locales.ts';
import type { Locale } from './locales.ts';
import type { Scenario } from './types.ts';

/*
 * The one schema of scenarios, in two strengths: ScenarioSchema is the whole of types.ts,
 * ScenarioDocumentSchema what an author has to write, the rest having defaults (with-defaults.ts). Nothing
 * unknown, and nothing without a bound: a document may come from outside.
 */

const LESSONS = [
  'handshake',
  'simultaneous-open',
  'data',
  'cumulative-ack',
  'out-of-order',
  'duplicate-ack',
  'loss',
  'retransmission',
  'four-segment-close',
  'three-segment-close',
  'half-close',
  'simultaneous-close',
  'time-wait',
  'time-wait-restart',
  'reset',
  'challenge-ack',
  'old-duplicate',
  'wraparound',
  'full-backlog',
  'syn-cookies',
  'zero-window',
] as const;

const HOUR_MS = 3_600_000;

function strict<P extends TProperties>(properties: P): TObject<P> {
  return Type.Object(properties, { additionalProperties: false });
}

/** The same with nothing required. */
function loose<P extends TProperties>(properties: P): TPartial<TObject<P>> {
  return Type.Partial(strict(properties), { additionalProperties: false });
}

function list<T extends TSchema>(items: T, maxItems: number) {
  return Type.Array(items, { maxItems });
}

const Sentence = Type.String({ minLength: 1, maxLength: 2000 });
const inEveryLocale = LOCALES.map((locale) => [locale, Sentence]);
const TextSchema = strict(Object.fromEntries(inEveryLocale) as Record<Locale, typeof Sentence>);
const Name = Type.String({ minLength: 1, maxLength: 60, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' });
const SideName = Type.Enum(['client', 'server']);
const StateName = Type.Enum(STATES);
const Instant = Type.Number({ minimum: 0, maximum: 24 * HOUR_MS });
const Span = Type.Number({ minimum: 0, maximum: HOUR_MS });
/** A timer of no length would expire for ever. */
const Timeout = Type.Number({ minimum: 100, maximum: HOUR_MS });
const Nth = Type.Integer({ minimum: 1, maximum: 1000 });
/** tcpdump's letters or `*`, and perhaps how much data. */
const Pattern = Type.String({ maxLength: 20, pattern: '^(\\*|[SFRPUEW.]{1,8})( [0-9]{1,5} octets?)?$' });
const Allowance = Type.Union([Type.Integer({ minimum: 0, maximum: 1000 }), Type.Null()]);
const Share = Type.Number({ minimum: 0, maximum: 1 });
const Worth = Type.Number({ minimum: 0, maximum: 100 });

const IssSchema = Type.Union([
  strict({ policy: Type.Literal('given'), value: Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1 }) }),
  strict({ policy: Type.Literal('chosen') }),
  strict({ policy: Type.Literal('random') }),
  strict({ policy: Type.Literal('near-wrap') }),
]);

const own = { side: Type.Optional(SideName), afterMs: Type.Optional(Span) };
const WhenSchema = Type.Union([
  strict({ atMs: Instant }),
  strict({ state: StateName, ...own }),
  strict({ arrived: Pattern, nth: Type.Optional(Nth), ...own }),
  strict({ received: Type.Integer({ minimum: 1, maximum: 1_000_000 }), ...own }),
]);

const end = {
  start: StateName,
  iss: IssSchema,
  // As the header holds it, without scaling.
  rcvWnd: Type.Integer({ minimum: 0, maximum: 65_535 }),
  mss: Type.Integer({ minimum: 1, maximum: 65_495 }),
  backlog: Type.Optional(
    strict({
      slots: Type.Integer({ minimum: 1, maximum: 65_535 }),
      cookies: Type.Optional(Type.Boolean()),
      strangers: list(
        strict({ when: WhenSchema, halfOpen: Type.Integer({ minimum: 0, maximum: 65_535 }) }),
        100,
      ),
    }),
  ),
};

const calling = { side: SideName, when: WhenSchema };
const CallSchema = Type.Union([
  strict({ ...calling, call: Type.Literal('connect') }),
  strict({ ...calling, call: Type.Literal('listen') }),
  strict({ ...calling, call: Type.Literal('write'), text: Type.String({ minLength: 1, maxLength: 4096 }) }),
  strict({ ...calling, call: Type.Literal('close') }),
  strict({ ...calling, call: Type.Literal('abort') }),
  strict({ ...calling, call: Type.Literal('stop-reading') }),
  strict({ ...calling, call: Type.Literal('start-reading') }),
]);

const FaultSchema = strict({
  from: SideName,
  match: Pattern,
  nth: Nth,
  fault: Type.Enum(['drop', 'duplicate', 'delay', 'corrupt', 'hold', 'reorder']),
  ms: Type.Optional(Span),
});

const pace = {
  rtoMs: Timeout,
  maxRtoMs: Timeout,
  mslMs: Timeout,
  thinkMs: Span,
};

const budget = {
  drop: Allowance,
  duplicate: Allowance,
  hold: Allowance,
  cut: Allowance,
  conditions: Type.Boolean(),
};

const rubric = {
  flags: Worth,
  seq: Worth,
  ack: Worth,
  data: Worth,
  state: Worth,
  hintCost: Share,
  attemptCost: Share,
  prediction: Worth,
};
const call = Type.Optional(Worth);

/** `text`: what stands for a text; the whole has every language, a document may have one string for all. */
function questions<T extends TSchema>(text: T) {
  const choice = strict({
    id: Name,
    text,
    right: Type.Boolean(),
    because: text,
    misconception: Type.Optional(Type.Enum(MISCONCEPTION_CODES)),
  });
  return list(strict({ id: Name, text, choices: Type.Array(choice, { minItems: 2, maxItems: 8 }) }), 20);
}

const common = {
  id: Name,
  revision: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  level: Type.Enum(['guided', 'standard', 'exam']),
  onWrong: Type.Enum(['block', 'send']),
  askState: Type.Boolean(),
  calls: list(CallSchema, 100),
  faults: list(FaultSchema, 100),
  hints: Allowance,
  attempts: Type.Union([Type.Integer({ minimum: 1, maximum: 1000 }), Type.Null()]),
  finish: Type.Enum(['closed', 'established', 'quiet']),
};
const bluff = Type.Optional(
  Type.Union([strict({ perEnd: Type.Integer({ minimum: 1, maximum: 20 }) }), Type.Null()]),
);
const teaches = Type.Optional(list(Type.Enum(LESSONS), LESSONS.length));

/** A scenario with everything in it, as a table's log keeps it. */
export const ScenarioSchema = strict({
  ...common,
  title: TextSchema,
  summary: TextSchema,
  ends: strict({ client: strict(end), server: strict(end) }),
  link: strict({ client: ConditionsSchema, server: ConditionsSchema }),
  pace: strict(pace),
  budget: strict(budget),
  rubric: strict({ ...rubric, call }),
  questions: questions(TextSchema),
  teaches,
  bluff,
});

const EitherText = Type.Union([Sentence, TextSchema]);
const { id, ...optional } = common;

/** A scenario as it is written: what is left out has a default. */
export const ScenarioDocumentSchema = strict({
  id,
  title: EitherText,
  summary: EitherText,
  ...loose(optional).properties,
  ends: Type.Optional(loose({ client: loose(end), server: loose(end) })),
  link: Type.Optional(
    loose({ client: loose(ConditionsSchema.properties), server: loose(ConditionsSchema.properties) }),
  ),
  pace: Type.Optional(loose(pace)),
  budget: Type.Optional(loose(budget)),
  rubric: Type.Optional(loose({ ...rubric, call })),
  questions: Type.Optional(questions(EitherText)),
  teaches,
  bluff,
});

type DeepReadonly<T> = T extends readonly (infer U)[]
  ? readonly DeepReadonly<U>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

export type ScenarioDocument = DeepReadonly<Static<typeof ScenarioDocumentSchema>>;

// The schema and types.ts say the same, or this does not compile.
type Checked = DeepReadonly<Static<typeof ScenarioSchema>>;
type Agree<A, B> = [A, B] extends [B, A] ? true : never;
true satisfies Agree<Checked, Scenario>;
