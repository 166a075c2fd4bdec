import type { Conditions } from '../link/conditions.ts';
import type { Wire } from '../link/wire.ts';
import type { Scenario, ScriptedCall, Side, When } from '../scenario/types.ts';
import type { End, TimerName } from '../tcp/end.ts';
import type { Segment } from '../tcp/segment.ts';
import type { Field, Verdict } from '../tcp/verdict.ts';
import type { Accepted } from './accepted.ts';
import type { Chain } from './chain.ts';
import type { Clock } from './clock.ts';
import type { Touch } from './command.ts';
import type { Happening } from './happening.ts';
import type { Phase } from './phase.ts';
import type { Holder, SeatName, Seats } from './seats.ts';
import type { StreamText } from './stream-text.ts';
import type { Lens } from './trace.ts';

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
  readonly held: {
    readonly sinceMs: number;
    readonly untilMs: number | null;
    /** Let go when the next segment of its direction has overtaken it, whose first copy comes then. */
    readonly behind?: true;
  } | null;
}

/** A timer of an end that runs; the end itself only knows which start of it this is (`epoch`). */
export interface RunningTimer {
  readonly epoch: number;
  readonly backoff: number;
  readonly endsMs: number;
  /** It stands still since then, virtual ms: the person it would hurry has no time limit. */
  readonly stoppedMs?: number;
}

/** What the table keeps of one side beside its end of the connection. */
export interface Play {
  readonly timers: Readonly<Record<TimerName, RunningTimer | null>>;
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
  /**
   * For the answer that is open: wrong ones so far, fields given away, and whether the bot has slipped
   * already.
   */
  readonly attempts: number;
  readonly hinted: readonly Field[];
  /** Fields that the instructor gave away. */
  readonly nudged: readonly Field[];
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
  /** Ids of the segments that have arrived, oldest first; kept in bluff rounds only. */
  readonly arrivals: readonly string[];
  readonly bluffs: number;
  /** Numbers of the arrivals (from 1) that were called bluffs. */
  readonly bluffsCalled: readonly number[];
  /** Connections begun on this end so far. */
  readonly connections: number;
  readonly wrong: number;
  readonly right: number;
}

/** The script lets strangers take places of a listener's backlog, or leave them. */
export interface ScriptedFlood {
  readonly side: Side;
  readonly when: When;
  readonly call: 'flood';
  readonly halfOpen: number;
}

/** A scripted call that was not made yet, or a flood that has not come. */
export interface PendingCall {
  readonly index: number;
  readonly call: ScriptedCall | ScriptedFlood;
  /** Matching arrivals seen so far. */
  readonly seen: number;
  /** Virtual ms; null until what it waits for has happened. */
  readonly dueMs: number | null;
}

/** A segment that the referee has seen and may call out, or else learns about once it is answered. */
export interface Unjudged {
  readonly id: string;
  readonly side: Side;
  readonly seg: Segment;
  readonly judge: Verdict;
  readonly arrived: boolean;
}

/** Who held a seat from number `from` of the history on. */
export interface Tenure {
  readonly seat: SeatName;
  readonly holder: Holder;
  readonly from: number;
}

/** What the link seat has used up of its budget. */
export interface Spent {
  readonly drop: number;
  readonly duplicate: number;
  readonly hold: number;
  readonly cut: number;
}

/**
 * One connection between two players over one link. `table = replay(log, now)`; it stands still between
 * changes.
 */
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
  /** Bad weather until then, virtual ms, and the conditions that come back. */
  readonly storm: {
    readonly untilMs: number;
    readonly before: Readonly<Record<Side, Conditions>>;
  } | null;
  /** The round's time limit, virtual ms. */
  readonly endsAfterMs: number | null;
  /**
   * Virtual ms at which something last got on: somebody acted, or an end changed its state or was handed
   * data.
   */
  readonly movedMs: number;
  readonly unjudged: readonly Unjudged[];
  /** In the order of history; at first the seats that the table was opened with. */
  readonly tenures: readonly Tenure[];
  readonly history: Chain<Happening>;
  /** How many items each lens has witnessed. */
  readonly witnessed: Readonly<Record<Lens, number>>;
  readonly accepted: Accepted;
}
