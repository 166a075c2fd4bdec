import type { Wire } from '../link/wire.ts';
import type { Scenario, ScriptedCall, Side } from '../scenario/types.ts';
import type { End } from '../tcp/end.ts';
import type { Segment } from '../tcp/segment.ts';
import type { Accepted } from './accepted.ts';
import type { Chain } from './chain.ts';
import type { Clock, Happening, Lens, Phase, Seats, Touch } from './types.ts';

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
  /** Held by the link's hand (until released) or by the script (until `untilMs`, if set). */
  readonly held: { readonly atMs: number; readonly untilMs: number | null } | null;
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
  /** Something is due since then, virtual ms; null: nothing is. */
  readonly owesSinceMs: number | null;
  /** When whoever sits here last acted, sat down or was asked something else: a bot thinks from then on. */
  readonly thinksFromMs: number;
  /** How many answers were tried, of whatever kind: the key of a bot's chance. */
  readonly acts: number;
  /** For the answer that is open. */
  readonly attempts: number;
  readonly hints: number;
  /** Whether the bot has slipped in the answer that is open. */
  readonly slipped: boolean;
  /** The end right after the answer whose state is asked for; null: it is not. */
  readonly asked: { readonly end: End; readonly sinceMs: number } | null;
  readonly wrong: number;
  readonly right: number;
}

/** A scripted call that was not made yet. `dueMs`: null until what it waits for has happened. */
export interface PendingCall {
  readonly index: number;
  readonly call: ScriptedCall;
  /** Matches still to come before it is due (`arrived`, nth). */
  readonly matches: number;
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
  readonly flights: readonly Flight[];
  readonly cableUp: boolean;
  readonly calls: readonly PendingCall[];
  /** How often each scripted fault has matched so far. */
  readonly matched: readonly number[];
  readonly spent: Spent;
  /** The act of the link after which a prediction is asked for. */
  readonly predict: Touch | 'cut' | null;
  readonly history: Chain<Happening>;
  /** How many items each lens has witnessed. */
  readonly witnessed: Readonly<Record<Lens, number>>;
  readonly accepted: Accepted;
}
