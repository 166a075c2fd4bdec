import type { Conditions } from '../link/conditions.ts';
import type { AppCall, Side } from '../scenario/types.ts';
import type { Segment } from '../tcp/segment.ts';
import type { State } from '../tcp/state.ts';
import type { Holder, SeatName } from './seats.ts';

/** The link's acts on one segment in flight. */
export type Touch = 'drop' | 'duplicate' | 'hold' | 'release';

/** What the link seat says will happen next. */
export interface Prediction {
  /** Whose timer fires next, or nobody's. */
  readonly timer: Side | 'none';
  /** Which segment is sent again, by its flags in tcpdump's letters (`S.`; data is `P.`), or none. */
  readonly again: string | null;
  /** The state that each end stays in until then. */
  readonly states: Readonly<Record<Side, State>>;
}

/** Asked of a table. The command's id and its sender travel beside it. */
export type Command =
  /**
   * `bluff` (where the scenario has bluffs): goes out like in mode `send` and costs no attempt if it is
   * wrong. One that is not wrong goes out all the same and the bluff is spent: a refusal would tell that the
   * segment is right.
   */
  | { readonly type: 'send'; readonly seg: Segment; readonly bluff?: true }
  | { readonly type: 'nothing' }
  | { readonly type: 'label'; readonly state: State }
  | { readonly type: 'hint' }
  | { readonly type: 'set-conditions'; readonly from: Side; readonly conditions: Conditions }
  | { readonly type: 'touch'; readonly flight: string; readonly touch: Touch }
  | { readonly type: 'cut' }
  | { readonly type: 'mend' }
  | { readonly type: 'predict'; readonly prediction: Prediction }
  /**
   * An end: the segment that arrived as number `arrival` here (from 1) is wrong. Only one of the newest
   * three, and only once.
   */
  | { readonly type: 'call-bluff'; readonly arrival: number }
  /** Referee: the segment with this id is wrong. Until the judge is revealed. */
  | { readonly type: 'call-out'; readonly id: string }
  /** Instructor: a hint to one end, free of charge. */
  | { readonly type: 'nudge'; readonly seat: Side }
  /**
   * Instructor: bad weather in both directions for so many virtual ms, then the conditions are what they
   * were. Without `conditions` the preset.
   */
  | { readonly type: 'storm'; readonly forMs: number; readonly conditions?: Conditions }
  /** Instructor: an application calls, though the scenario does not say so. */
  | { readonly type: 'inject'; readonly side: Side; readonly call: AppCall }
  /** The round's time limit, virtual ms since the start; null: none. */
  | { readonly type: 'set-limit'; readonly endsAfterMs: number | null }
  /**
   * The lab: a bot plays for the seat's owner, who is away; and no more. What the owner asks of the table
   * gives the seat back by itself.
   */
  | { readonly type: 'lend-seat'; readonly seat: SeatName }
  | { readonly type: 'return-seat'; readonly seat: SeatName }
  /** Instructor: 0 pauses; otherwise 0.25, 0.5, 1, 2 or 4 virtual ms per ms. */
  | { readonly type: 'set-clock'; readonly rate: number }
  | { readonly type: 'seat'; readonly seat: SeatName; readonly holder: Holder }
  | { readonly type: 'end' };
