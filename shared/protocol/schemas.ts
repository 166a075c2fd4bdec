import { Type } from 'typebox';
import type { Static, TObject, TProperties, TSchema, TUnsafe } from 'typebox';
import { DISTRIBUTIONS } from '../link/check-conditions.ts';
import { STATES } from '../tcp/state.ts';
import type { JoinRequest, PlayToServer, TeachToServer } from './messages.ts';

/*
 * What may come in, message by message: nothing unknown, nothing without a bound. Whether it makes sense (a rate that the clock
 * has, conditions that can be had together, a flight that is still in the air) is decided where it is known, with a refusal that says so.
 */

function strict<P extends TProperties>(properties: P): TObject<P> {
  return Type.Object(properties, { additionalProperties: false });
}

/** A message that carries nothing. */
const Nothing: TUnsafe<Record<string, never>> = Type.Unsafe<Record<string, never>>(strict({}));

const Id = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_.:-]+$' });
const Uint32 = Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1 });
const Uint16 = Type.Integer({ minimum: 0, maximum: 2 ** 16 - 1 });
const SideName = Type.Enum(['client', 'server']);
const SeatNames = Type.Enum(['client', 'server', 'link', 'referee']);
const StateName = Type.Enum(STATES);
const Rate = Type.Number({ minimum: 0, maximum: 4 });

/** A segment from outside has no `text`: the lab knows what the application wrote. */
export const SegmentSchema = strict({
  seq: Uint32,
  ack: Uint32,
  flags: Type.Integer({ minimum: 0, maximum: 255 }),
  wnd: Uint16,
  dataOctets: Uint16,
});

/** The bounds are those of `checkConditions`, which says which one was missed. */
export const ConditionsSchema = strict({
  delayMs: Type.Number(),
  jitterMs: Type.Number(),
  distribution: Type.Enum(DISTRIBUTIONS),
  lossPct: Type.Number(),
  burstSegments: Type.Number(),
  duplicatePct: Type.Number(),
  corruptPct: Type.Number(),
  reorderPct: Type.Number(),
  rateSegmentsPerS: Type.Union([Type.Number(), Type.Null()]),
  rateBps: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  limitSegments: Type.Number(),
});

export const HolderSchema = Type.Union([
  strict({ kind: Type.Literal('player'), id: Id }),
  strict({ kind: Type.Literal('bot'), skill: Type.Number({ minimum: 0, maximum: 1 }) }),
  strict({ kind: Type.Literal('empty') }),
]);

const PredictionSchema = strict({
  timer: Type.Enum(['client', 'server', 'none']),
  again: Type.Union([Type.String({ maxLength: 8, pattern: '^[SFRPEWU.]*$' }), Type.Null()]),
  states: strict({ client: StateName, server: StateName }),
});

export const CommandSchema = Type.Union([
  strict({ type: Type.Literal('send'), seg: SegmentSchema }),
  strict({ type: Type.Literal('nothing') }),
  strict({ type: Type.Literal('label'), state: StateName }),
  strict({ type: Type.Literal('hint') }),
  strict({ type: Type.Literal('set-conditions'), from: SideName, conditions: ConditionsSchema }),
  strict({
    type: Type.Literal('touch'),
    flight: Type.String({ maxLength: 24, pattern: '^[cs][0-9]+(\\.[0-9]+)?$' }),
    touch: Type.Enum(['drop', 'duplicate', 'hold', 'release']),
  }),
  strict({ type: Type.Literal('cut') }),
  strict({ type: Type.Literal('mend') }),
  strict({ type: Type.Literal('predict'), prediction: PredictionSchema }),
  strict({ type: Type.Literal('set-clock'), rate: Rate }),
  strict({ type: Type.Literal('seat'), seat: SeatNames, holder: HolderSchema }),
  strict({ type: Type.Literal('end') }),
]);

const Name = Type.String({ maxLength: 400 });

export const ClassroomCommandSchema = Type.Union([
  strict({ type: Type.Literal('rename'), player: Id, name: Name }),
  strict({ type: Type.Literal('remove'), player: Id }),
  strict({ type: Type.Literal('lock'), locked: Type.Boolean() }),
  strict({
    type: Type.Literal('prepare-round'),
    scenarioId: Id,
    seating: Type.Enum(['pairs', 'triples', 'fours', 'alone']),
  }),
  strict({ type: Type.Literal('seat'), tableId: Id, seat: SeatNames, holder: HolderSchema }),
  strict({ type: Type.Literal('start-round') }),
  strict({ type: Type.Literal('set-clock'), rate: Rate }),
  strict({ type: Type.Literal('end-round') }),
  strict({ type: Type.Literal('close') }),
]);

const COMMON = {
  'clock:read': Nothing,
  'table:watch': strict({ tableId: Id }),
  'table:leave': strict({ tableId: Id }),
  'table:command': strict({ tableId: Id, id: Id, command: CommandSchema }),
};

/** Every message of namespace /play. */
export const PLAY_SCHEMAS = {
  ...COMMON,
  'classroom:watch': Nothing,
  'practice:start': strict({
    id: Id,
    scenarioId: Id,
    seat: Type.Enum(['client', 'server', 'link']),
  }),
  'scenarios:list': Nothing,
} satisfies Record<keyof PlayToServer, TSchema>;

/** Every message of namespace /teach. */
export const TEACH_SCHEMAS = {
  ...COMMON,
  'scenarios:list': Nothing,
  'classrooms:list': Nothing,
  'classroom:open': strict({ id: Id }),
  'classroom:watch': strict({ classroomId: Id }),
  'classroom:command': strict({ classroomId: Id, id: Id, command: ClassroomCommandSchema }),
} satisfies Record<keyof TeachToServer, TSchema>;

/** POST /api/join. What a code or a name must be like is checked where it is answered with a reason. */
export const JoinRequestSchema = strict({ code: Type.String({ minLength: 1, maxLength: 32 }), name: Name });

// What the schemas let through and what the messages promise are the same types, in both directions.

type Requests<Messages> = {
  readonly [M in keyof Messages]: Messages[M] extends (req: infer Req, ack: never) => void ? Req : never;
};
type Passed<Schemas> = {
  readonly [M in keyof Schemas]: Schemas[M] extends TSchema ? Static<Schemas[M]> : never;
};
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : { differs: [A, B] }) : { differs: [A, B] };

true satisfies Same<Requests<PlayToServer>, Passed<typeof PLAY_SCHEMAS>>;
true satisfies Same<Requests<TeachToServer>, Passed<typeof TEACH_SCHEMAS>>;
true satisfies Same<JoinRequest, Static<typeof JoinRequestSchema>>;
