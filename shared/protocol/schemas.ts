import { Type } from 'typebox';
import type { Static, TObject, TProperties, TSchema, TUnsafe } from 'typebox';
import { ConditionsSchema } from '../link/conditions-schema.ts';
import { LOCALES } from '../scenario/locales.ts';
import { STATES } from '../tcp/state.ts';
import type {
  JoinRequest,
  PlayToServer,
  RejoinRequest,
  RosterRequest,
  ScreenRequest,
  ScreenToServer,
  TeachToServer,
} from './messages.ts';

/*
 * What may come in, message by message: nothing unknown, nothing without a bound. Whether it makes sense (a
 * rate that the clock has, conditions that can be had together, a flight that is still in the air) is decided
 * where it is known, with a refusal that says so.
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
const SegmentSchema = strict({
  seq: Uint32,
  ack: Uint32,
  flags: Type.Integer({ minimum: 0, maximum: 255 }),
  wnd: Uint16,
  dataOctets: Uint16,
});

const HolderSchema = Type.Union([
  strict({
    kind: Type.Literal('player'),
    id: Id,
    away: Type.Optional(Type.Literal(true)),
    time: Type.Optional(Type.Union([Type.Literal(1.25), Type.Literal(1.5), Type.Literal(2), Type.Null()])),
  }),
  strict({ kind: Type.Literal('bot'), skill: Type.Number({ minimum: 0, maximum: 1 }) }),
  strict({ kind: Type.Literal('empty') }),
]);

const PredictionSchema = strict({
  timer: Type.Enum(['client', 'server', 'none']),
  again: Type.Union([Type.String({ maxLength: 8, pattern: '^[SFRPEWU.]*$' }), Type.Null()]),
  states: strict({ client: StateName, server: StateName }),
});

const AppCallSchema = Type.Union([
  strict({ call: Type.Literal('connect') }),
  strict({ call: Type.Literal('listen') }),
  strict({ call: Type.Literal('close') }),
  strict({ call: Type.Literal('abort') }),
  strict({ call: Type.Literal('stop-reading') }),
  strict({ call: Type.Literal('start-reading') }),
  strict({ call: Type.Literal('write'), text: Type.String({ minLength: 1, maxLength: 4096 }) }),
]);

/** Virtual ms; a day at the most. */
const Limit = Type.Union([Type.Number({ minimum: 1000, maximum: 86_400_000 }), Type.Null()]);
/** What is to last so long is decided where it is known. */
const StormMs = Type.Number({ minimum: 0, maximum: 86_400_000 });

const ANYWHERE = {
  setConditions: strict({
    type: Type.Literal('set-conditions'),
    from: SideName,
    conditions: ConditionsSchema,
  }),
  cut: strict({ type: Type.Literal('cut') }),
  mend: strict({ type: Type.Literal('mend') }),
  nudge: strict({ type: Type.Literal('nudge'), seat: SideName }),
  storm: strict({
    type: Type.Literal('storm'),
    forMs: StormMs,
    conditions: Type.Optional(ConditionsSchema),
  }),
  inject: strict({ type: Type.Literal('inject'), side: SideName, call: AppCallSchema }),
};

export const CommandSchema = Type.Union([
  strict({
    type: Type.Literal('send'),
    seg: SegmentSchema,
    bluff: Type.Optional(Type.Literal(true)),
  }),
  strict({ type: Type.Literal('nothing') }),
  strict({ type: Type.Literal('label'), state: StateName }),
  strict({ type: Type.Literal('hint') }),
  ANYWHERE.setConditions,
  strict({
    type: Type.Literal('touch'),
    flight: Type.String({ maxLength: 24, pattern: '^[cs][0-9]+(\\.[0-9]+)?$' }),
    touch: Type.Enum(['drop', 'duplicate', 'hold', 'release']),
  }),
  ANYWHERE.cut,
  ANYWHERE.mend,
  strict({ type: Type.Literal('predict'), prediction: PredictionSchema }),
  strict({
    type: Type.Literal('call-bluff'),
    arrival: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  }),
  strict({
    type: Type.Literal('call-out'),
    id: Type.String({ maxLength: 16, pattern: '^[cs][0-9]+$' }),
  }),
  ANYWHERE.nudge,
  ANYWHERE.storm,
  ANYWHERE.inject,
  strict({ type: Type.Literal('set-limit'), endsAfterMs: Limit }),
  strict({ type: Type.Literal('lend-seat'), seat: SeatNames }),
  strict({ type: Type.Literal('return-seat'), seat: SeatNames }),
  strict({ type: Type.Literal('set-clock'), rate: Rate }),
  strict({ type: Type.Literal('seat'), seat: SeatNames, holder: HolderSchema }),
  strict({ type: Type.Literal('end') }),
]);

const Name = Type.String({ maxLength: 400 });
const Pin = Type.String({ pattern: '^[0-9]{4,12}$' });
const ExtraTimeSchema = Type.Union([
  Type.Literal(1),
  Type.Literal(1.25),
  Type.Literal(1.5),
  Type.Literal(2),
  Type.Null(),
]);
const RequestId = Type.Optional(Type.String({ minLength: 22, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' }));
const LocaleName = Type.Enum(LOCALES);
/** The secret part of a link that works once. */
const LinkSecret = Type.String({ minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9_.~-]+$' });

/** Of several rounds, or polls, the one that whoever asks has before their eyes. */
const Meant = Type.Optional(Id);

export const ClassroomCommandSchema = Type.Union([
  strict({ type: Type.Literal('rename'), player: Id, name: Name }),
  strict({ type: Type.Literal('remove'), player: Id }),
  strict({ type: Type.Literal('readmit'), player: Id }),
  strict({ type: Type.Literal('lock'), locked: Type.Boolean() }),
  strict({
    type: Type.Literal('set-settings'),
    settings: strict({
      names: Type.Enum(['free', 'generated', 'roster']),
      late: Type.Enum(['at-once', 'next-round']),
    }),
  }),
  strict({ type: Type.Literal('set-extra-time'), player: Id, extraTime: ExtraTimeSchema }),
  strict({
    type: Type.Literal('prepare-round'),
    scenarioId: Id,
    seating: Type.Enum(['pairs', 'triples', 'fours', 'alone']),
    options: Type.Optional(
      strict({
        skill: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
        endsAfterMs: Type.Optional(Type.Number({ minimum: 1000, maximum: 86_400_000 })),
        onWrong: Type.Optional(Type.Enum(['block', 'send'])),
        bluffsPerEnd: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
      }),
    ),
  }),
  strict({ type: Type.Literal('seat'), tableId: Id, seat: SeatNames, holder: HolderSchema }),
  strict({ type: Type.Literal('start-round'), round: Meant }),
  strict({ type: Type.Literal('set-clock'), rate: Rate, round: Meant }),
  strict({ type: Type.Literal('set-limit'), endsAfterMs: Limit, round: Meant }),
  strict({ type: Type.Literal('end-round'), round: Meant }),
  strict({
    type: Type.Literal('every-table'),
    command: Type.Union([
      ANYWHERE.setConditions,
      ANYWHERE.storm,
      ANYWHERE.cut,
      ANYWHERE.mend,
      ANYWHERE.inject,
      ANYWHERE.nudge,
    ]),
  }),
  strict({
    type: Type.Literal('set-screen'),
    screen: strict({
      show: Type.Enum(['code', 'progress', 'table', 'poll', 'debrief', 'blank']),
      tableId: Type.Optional(Id),
      atMs: Type.Optional(Type.Number({ minimum: 0, maximum: 1e12 })),
      names: Type.Boolean(),
    }),
  }),
  strict({ type: Type.Literal('open-poll'), scenarioId: Id, questionId: Id }),
  strict({ type: Type.Literal('discuss-poll'), poll: Meant }),
  strict({ type: Type.Literal('reveal-poll'), poll: Meant }),
  strict({ type: Type.Literal('close-poll'), poll: Meant }),
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
  'table:marks': strict({ tableId: Id }),
  'poll:answer': strict({ id: Id, poll: Id, choice: Id }),
} satisfies Record<keyof PlayToServer, TSchema>;

/** Every message of namespace /teach. */
export const TEACH_SCHEMAS = {
  ...COMMON,
  'scenarios:list': Nothing,
  'scenario:read': strict({ scenarioId: Id }),
  'classrooms:list': Nothing,
  'classroom:open': strict({ id: Id }),
  'classroom:watch': strict({ classroomId: Id }),
  'classroom:command': strict({ classroomId: Id, id: Id, command: ClassroomCommandSchema }),
  'classroom:rejoin-link': strict({ classroomId: Id, id: Id, player: Id }),
  'screen:link': strict({ classroomId: Id, id: Id }),
  'round:marks': strict({ classroomId: Id, round: Id }),
  'round:export': strict({ classroomId: Id, round: Id, locale: LocaleName }),
} satisfies Record<keyof TeachToServer, TSchema>;

/** Every message of namespace /screen. */
export const SCREEN_SCHEMAS = {
  'clock:read': Nothing,
  'screen:watch': Nothing,
  'table:watch': COMMON['table:watch'],
  'table:leave': COMMON['table:leave'],
} satisfies Record<keyof ScreenToServer, TSchema>;

/** POST /api/join. What a code or a name must be like is checked where it is answered with a reason. */
export const JoinRequestSchema = strict({
  code: Type.String({ minLength: 1, maxLength: 32 }),
  name: Name,
  pin: Type.Optional(Type.String({ maxLength: 32 })),
  secret: Type.Optional(Type.String({ maxLength: 64 })),
  locale: Type.Optional(LocaleName),
  id: RequestId,
});

/** POST /api/classrooms/<id>/roster. How long it may be is said with a refusal of its own. */
export const RosterRequestSchema = strict({ id: Id, students: Type.Array(strict({ name: Name, pin: Pin })) });
/** POST /api/rejoin. */
export const RejoinRequestSchema = strict({ link: LinkSecret, id: RequestId });
/** POST /api/screen. */
export const ScreenRequestSchema = strict({ link: LinkSecret });

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
true satisfies Same<Requests<ScreenToServer>, Passed<typeof SCREEN_SCHEMAS>>;
true satisfies Same<JoinRequest, Static<typeof JoinRequestSchema>>;
true satisfies Same<RosterRequest, Static<typeof RosterRequestSchema>>;
true satisfies Same<RejoinRequest, Static<typeof RejoinRequestSchema>>;
true satisfies Same<ScreenRequest, Static<typeof ScreenRequestSchema>>;
