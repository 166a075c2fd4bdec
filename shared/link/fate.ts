/** Why a segment does not arrive. */
export type LossReason = 'loss' | 'limit' | 'cable' | 'script' | 'touch';

/** What a scenario's script did to a segment. */
export type Strike = 'drop' | 'duplicate' | 'delay' | 'corrupt' | 'hold' | 'reorder';

/** One copy of a segment on its way. */
export interface Copy {
  /** When it reaches the far end: a whole virtual ms, rounded up. */
  readonly arrivesMs: number;
  /** The same before rounding, where it differs: what comes behind it in a queue is reckoned from this. */
  readonly dueMs?: number;
  /** It arrives, fails its checksum and is discarded without a word. */
  readonly corrupted: boolean;
}

/** When a copy reaches the far end before rounding. */
export function dueOf({ dueMs, arrivesMs }: Copy): number {
  return dueMs ?? arrivesMs;
}

/** What became of one segment, drawn once, when it was sent, and never changed afterwards. */
export interface Fate {
  /** The segment's number in its direction, from 1. */
  readonly n: number;
  /** Which version of the direction's conditions it was drawn from. */
  readonly conditionsVersion: number;
  /** None if it was lost, two if it was duplicated; the original first. */
  readonly copies: readonly Copy[];
  /** Set if and only if the original is lost. */
  readonly lost: LossReason | null;
  /**
   * The dice behind it, by name (`loss: 0.42`), for whoever may see them; uniform in [0, 1). Only what had to
   * be rolled is there: `duplicate`, `loss`, `corrupt`, `reorder`, each with the number it had to be below
   * (`lossBelow`, which depends on the run it is in; the others are missing in the oldest logs), and `delay`
   * (the share of delays that are shorter); a duplicate's own rolls begin with `copy` (`copyLoss`).
   */
  readonly rolls: Readonly<Record<string, number>>;
  /** What the script did to it beside the dice; absent: nothing. */
  readonly script?: readonly Strike[];
}
