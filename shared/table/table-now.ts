import type { Conditions } from '../link/conditions.ts';
import type { LinkBudget, Side } from '../scenario/types.ts';
import type { TimerName } from '../tcp/end.ts';
import type { Segment } from '../tcp/segment.ts';
import type { State } from '../tcp/state.ts';
import type { Clock } from './clock.ts';
import type { Phase } from './phase.ts';
import type { Seats } from './seats.ts';

/** An own timer that is running; `endsMs` is virtual. */
export interface TimerView {
  readonly timer: TimerName;
  readonly endsMs: number;
  readonly backoff: number;
}

/** The part of its TCB that a guided end is shown. Null: not yet known. */
export interface TcbView {
  readonly iss: number | null;
  readonly irs: number | null;
  readonly sndUna: number | null;
  readonly sndNxt: number | null;
  readonly sndWnd: number | null;
  readonly rcvNxt: number | null;
  readonly rcvWnd: number;
}

/** What an end's seat sees at this moment. */
export interface EndNow {
  readonly as: Side;
  readonly phase: Phase;
  readonly clock: Clock;
  /** The ISS it is to use; null when it may choose. */
  readonly iss: number | null;
  readonly rcvWnd: number;
  /** Null at the level `exam`. */
  readonly state: State | null;
  /** Null unless `guided`. */
  readonly tcb: TcbView | null;
  /**
   * Octets that the application has written and that were never sent, and the text they are; at the level
   * `exam` all that it has written.
   */
  readonly queued: { readonly octets: number; readonly text: string };
  readonly closed: boolean;
  readonly aborted: boolean;
  /** None at the level `exam`: a timer that was started tells that the segment was right. */
  readonly timers: readonly TimerView[];
  /** The state is being asked for. */
  readonly askLabel: boolean;
  /**
   * For the answer that is open: hints taken, wrong attempts so far, hints still to be had (null: no limit).
   * Constant at the level `exam`.
   */
  readonly hints: number;
  readonly attempts: number;
  readonly hintsLeft: number | null;
  /**
   * In a bluff round: bluffs still to be had, and how many segments have arrived: the newest three may be
   * called.
   */
  readonly bluffsLeft?: number;
  readonly arrivals?: number;
  /** The kernel's backlog, and how much of it strangers hold; absent: room without end. */
  readonly backlog?: { readonly slots: number; readonly halfOpen: number; readonly cookies: boolean };
  /** When the round ends at the latest, virtual ms; absent: no limit. */
  readonly limitMs?: number;
}

/** A segment on its way, as the link sees it. */
export interface FlightView {
  readonly id: string;
  readonly from: Side;
  readonly seg: Segment;
  readonly sentMs: number;
  readonly arrivesMs: number;
  readonly corrupted: boolean;
  readonly held: boolean;
}

export interface LinkNow {
  readonly as: 'link';
  readonly phase: Phase;
  readonly clock: Clock;
  readonly conditions: Readonly<Record<Side, Conditions>>;
  readonly flights: readonly FlightView[];
  readonly cableUp: boolean;
  /** What may still be done; null is without limit. */
  readonly budget: LinkBudget;
  /** A prediction is asked for: after which act. */
  readonly askPrediction: boolean;
  /** When the storm will be over, virtual ms; absent: there is none. */
  readonly stormUntilMs?: number;
  readonly limitMs?: number;
}

/** What instructor, observer and (once the table has ended) every seat sees. */
export interface FullNow {
  readonly as: 'full';
  readonly phase: Phase;
  readonly clock: Clock;
  readonly seats: Seats;
  readonly ends: Readonly<
    Record<
      Side,
      {
        readonly state: State;
        readonly tcb: TcbView;
        readonly timers: readonly TimerView[];
        /** Something is due from this end since then (virtual ms); null: it owes nothing. */
        readonly owesSinceMs: number | null;
        readonly wrong: number;
      }
    >
  >;
  readonly conditions: Readonly<Record<Side, Conditions>>;
  readonly flights: readonly FlightView[];
  readonly cableUp: boolean;
  readonly stormUntilMs?: number;
  readonly limitMs?: number;
}

/** What the referee sees beside the segments of its trace. */
export interface RefereeNow {
  readonly as: 'referee';
  readonly phase: Phase;
  readonly clock: Clock;
  /** Ids of the segments that may still be called out. */
  readonly callable: readonly string[];
  readonly limitMs?: number;
}

export type TableNow = EndNow | LinkNow | RefereeNow | FullNow;
