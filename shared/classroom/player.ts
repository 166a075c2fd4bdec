import type { ExtraTime } from '../table/seats.ts';

/** One person of a classroom, as the log keeps it. */
export interface Player {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the rejoin token, hex. */
  readonly tokenHash: string;
  /**
   * The devices that they came with, as the server knows them again: a keyed hash that means nothing in
   * another classroom.
   */
  readonly devices: readonly string[];
  /** Stays out, by token, link, name and device, until an instructor lets them back in. */
  readonly removed: boolean;
  /** Factor on this player's time; null: no limit. */
  readonly extraTime: ExtraTime;
  /**
   * The roster's entry that they have proven to be; null: nobody knows who they are, and an export says so.
   */
  readonly rosterName: string | null;
  /** A link by which a new device may take their place, once. `expiresAt`: epoch ms. */
  readonly rejoin: { readonly linkHash: string; readonly expiresAt: number } | null;
}
