/** One who may join where only a roster may. */
export interface RosterEntry {
  readonly name: string;
  /** Of the personal PIN; salted and slow, the server's to make and to compare. */
  readonly pinHash: string;
}
