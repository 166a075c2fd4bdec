/** What was chosen among an instructor's tabs; it holds as long as the same round is played. */
export interface TabChoice {
  readonly tab: 'tables' | 'seats' | 'next';
  /** The round that was played then; null: none. */
  readonly during: string | null;
}
