import type { SeatName } from '../table/seats.ts';
import type { FaultCode } from '../tcp/verdict.ts';

/** The rule by which a point was given or taken. The sentence for it is `rule_…` in the translations. */
export type Rule =
  /** A part of a due answer, right at the first try or not. */
  | 'flags'
  | 'seq'
  | 'ack'
  | 'data'
  | 'state'
  /** Hints taken for an answer; attempts after a first one that was wrong. */
  | 'hints'
  | 'attempts'
  /** Wrong though nothing was due: no part of any answer. */
  | 'unprompted'
  | 'prediction'
  /** A bluff or a wrong segment that was called, or was not; a right one that was called. */
  | 'call'
  | 'false-call';

/** Why the mark is what it is, rule by rule, each with the place in the table's full trace. */
export interface Point {
  readonly rule: Rule;
  /** What it gave; below 0 what it took. */
  readonly points: number;
  /** What it could have given. */
  readonly outOf: number;
  /** Virtual ms. */
  readonly ms: number;
  /** Number of the item in the full trace: the answer, or the try that decided. */
  readonly item: number;
  /** The segment's id, if it went out. */
  readonly segment: string | null;
  /** What was wrong with it. */
  readonly code: FaultCode | null;
}

/** One player's result at one table and seat. A pure function of the table. */
export interface Mark {
  readonly player: string;
  readonly seat: SeatName;
  /** Never below 0. */
  readonly earned: number;
  readonly outOf: number;
  /**
   * Answers that were due and right, in the end; those of them that were right at the first try, without a
   * hint.
   */
  readonly answered: number;
  readonly firstTry: number;
  /** Tried and left open; not tried at all when the table ended. */
  readonly leftOpen: number;
  readonly unanswered: number;
  readonly hints: number;
  /** Wrong tries, at answers and otherwise. */
  readonly wrong: number;
  readonly points: readonly Point[];
}

/** A point, and whose it is. */
export interface Credit {
  readonly player: string;
  readonly seat: SeatName;
  readonly point: Point;
}
