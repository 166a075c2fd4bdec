export interface ClassroomSettings {
  /** Whether people choose their names, are given one, or prove by a PIN that they are on the roster. */
  readonly names: 'free' | 'generated' | 'roster';
  /**
   * Whoever comes while a round runs: takes a bot's seat (or sits down with bots at a table more) at once, or
   * waits for the next round.
   */
  readonly late: 'at-once' | 'next-round';
}
