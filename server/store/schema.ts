import type { Generated } from 'kysely';

/** The tables, as the newest migration leaves them. Instants are epoch ms; hashes are SHA-256, hex. */
export interface Schema {
  /**
   * One row for each append: `entries` is a JSON array, `version` the number of entries before it. Ids are
   * dense, and ascend with time.
   */
  log: { id: number; stream: string; version: number; entries: string };
  /**
   * Where the rows of the streams are, of all rows up to `upto`: `rows` is a JSON array of their ids, `last`
   * the greatest.
   */
  places: { id: Generated<number>; stream: string; last: number; rows: string; upto: number };
  /**
   * `name_key` is what names are compared by; `password_hash` is Argon2's. Both are null until an account is
   * set up.
   */
  instructors: {
    id: string;
    name: string;
    created_at: number;
    name_key: string | null;
    password_hash: string | null;
  };
  sessions: { id_hash: string; instructor: string; created_at: number; seen_at: number };
  /**
   * One-use links by which an account is set up; `instructor` is whose password it sets (`reset`) or who made
   * it (`invite`).
   */
  setup_links: {
    token_hash: string;
    expires_at: number;
    used_at: number | null;
    kind: 'first' | 'invite' | 'reset';
    instructor: string | null;
  };
  /** Which classroom a code leads to. A code is never given twice. */
  classrooms: { id: string; code: string; owner: string; opened_at: number };
  /** Projectors: the one-use link, and once it is used the token that came of it. */
  screens: {
    link_hash: string;
    classroom: string;
    link_expires_at: number;
    token_hash: string | null;
  };
  /** What the lab itself has to remember. */
  settings: { key: string; value: string };
}
