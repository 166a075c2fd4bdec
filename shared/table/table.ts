import type { Wire } from '../link/wire.ts';
import type { Scenario, ScriptedCall, Side } from '../scenario/types.ts';
import type { End } from '../tcp/end.ts';
import type { Segment } from '../tcp/segment.ts';
import type { Field } from '../tcp/verdict.ts';
import type { Accepted } from './accepted.ts';
import type { Chain } from './chain.ts';
import type { StreamText } from './stream-text.ts';
import type { Clock, Happening, Lens, Phase, Seats, Touch } from './types.ts';

export const SIDES: readonly Side[] = ['client', 'server'];

export function other(side: Side): Side {
  return side === 'client' ? 'server' : 'client';
}

/** One copy of a segment on its way. */
export interface Flight {
  /** The segment's id for the first copy (`c1`); further ones `c1.2`, `c1.3`. */
  readonly id: string;
  /** The segment's id. */
  readonly sent: string;
  readonly from: Side;
  readonly seg: Segment;
  readonly sentMs: number;
  readonly arrivesMs: number;
  readonly corrupted: boolean;
  /** In the link's hand: until released, or until `untilMs` if the script holds it. */
  readonly held: { readonly sinceMs: number; readonly untilMs: number | null } | null;
}

export type TimerName = 'rto' | 'time-wait' | 'persist';

/** A timer of an end that runs; the end itself only knows which start of it this is (`epoch`). */
export interface Timer {
  readonly epoch: number;
  readonly backoff: number;
  readonly endsMs: number;
}

/** What the table keeps of one side beside its end of the connection. */
export interface Play {
  readonly timers: Readonly<Record<TimerName, Timer | null>>;
  /** Something could be answered since then, virtual ms; null: nothing is open. */
  readonly openSinceMs: number | null;
  /** Something must be answered since then, virtual ms; null: nothing must. */
  readonly owesSinceMs: number | null;
  /** The oldest open cause: while it stays the same, it is the same answer that is being tried. */
  readonly openCause: number | null;
  /** Since when the holder of the seat sits there, virtual ms. */
  readonly seatedMs: number;
  /** How many answers were tried, of whatever kind: the key of a bot's chance. */
  readonly acts: number;
  /** For the answer that is open: wrong ones so far, fields given away, and whether the bot has slipped already. */
  readonly attempts: number;
  readonly hinted: readonly Field[];
  readonly slipped: boolean;
  /** The end right after the answer whose state is asked for; null: none is. */
  readonly asked: { readonly end: End; readonly sinceMs: number } | null;
  /** What the application wrote on this connection. */
  readonly written: StreamText;
  /** What the application has asked for on this connection, done or not. */
  readonly closeCalled: boolean;
  readonly abortCalled: boolean;
  /** Octets that its application was handed on this table. */
  readonly received: number;
  /** Connections begun on this end so far. */
  readonly connections: number;
  readonly wrong: number;
  readonly right: number;
}

/** A scripted call that was not made yet. */
export interface PendingCall {
  readonly index: number;
  readonly call: ScriptedCall;
  /** Matching arrivals seen so far. */
  readonly seen: number;
  /** Virtual ms; null until what it waits for has happened. */
  readonly dueMs: number | null;
}

/** What the link seat has used up of its budget. */
export interface Spent {
  readonly drop: number;
  readonly duplicate: number;
  readonly hold: number;
  readonly cut: number;
}

/** One connection between two players over one link. `table = replay(log, now)`; it stands still between changes. */
export interface Table {
  readonly id: string;
  readonly seed: string;
  readonly rules: number;
  readonly scenario: Scenario;
  /** How many entries it is made of. */
  readonly version: number;
  readonly seats: Seats;
  readonly phase: Phase;
  readonly clock: Clock;
  readonly ends: Readonly<Record<Side, End>>;
  readonly play: Readonly<Record<Side, Play>>;
  /** By the sending side. */
  readonly wires: Readonly<Record<Side, Wire>>;
  /** In the order in which they were sent. */
  readonly flights: readonly Flight[];
  readonly cableUp: boolean;
  /** In the scenario's order. */
  readonly calls: readonly PendingCall[];
  /** How often each scripted fault's pattern has matched so far. */
  readonly matched: readonly number[];
  readonly spent: Spent;
  /** The act of the link seat after which a prediction is asked for. */
  readonly predict: Touch | 'cut' | null;
  readonly history: Chain<Happening>;
  /** How many items each lens has witnessed. */
  readonly witnessed: Readonly<Record<Lens, number>>;
  readonly accepted: Accepted;
}
