/**
 * On every entry of a log: when (epoch ms, server), by whom (player's or instructor's id; absent: the lab),
 * for which command.
 */
export interface Stamp {
  readonly at: number;
  readonly by?: string;
  readonly cmd?: string;
}
