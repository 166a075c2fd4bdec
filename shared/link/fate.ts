/** Why a segment does not arrive. */
export type LossReason = 'loss' | 'limit' | 'cable' | 'script' | 'touch';

/** One copy of a segment on its way. */
export interface Copy {
  /** When it reaches the far end, virtual ms. */
  readonly arrivesMs: number;
  /** It arrives, fails its checksum and is discarded without a word. */
  readonly corrupted: boolean;
}

/** What became of one segment, drawn once, when it was sent, and never changed afterwards. */
export interface Fate {
  /** The how-manieth segment of its direction this is, from 1. */
  readonly n: number;
  /** Which version of the direction's conditions it was drawn from. */
  readonly conditionsVersion: number;
  /** None if it was lost, two if it was duplicated. */
  readonly copies: readonly Copy[];
  /** Set if and only if the original is lost. */
  readonly lost: LossReason | null;
  /** The dice behind it, by name (`loss: 0.42`), for whoever may see them. */
  readonly rolls: Readonly<Record<string, number>>;
}
