import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

export interface SetupLink {
  /**
   * `first`: nobody has an account yet. `invite`: a further one. `reset`: a new name and password for one
   * that is there.
   */
  readonly kind: 'first' | 'invite' | 'reset';
  /** Whose account it is (`reset`), or who invites; null for `first`. */
  readonly instructor: string | null;
}

/** One-use links by which accounts are set up. Known by the hash of their token only. */
export class SetupLinks {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /**
   * A new link. Of those from the terminal older ones stop working, so that what was printed last is what
   * counts.
   */
  async add(tokenHash: string, { kind, instructor }: SetupLink, now: number, forMs: number): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await db.deleteFrom('setup_links').where('expires_at', '<=', now).execute();
      if (kind !== 'invite') await db.deleteFrom('setup_links').where('kind', '=', kind).execute();
      await db
        .insertInto('setup_links')
        .values({ token_hash: tokenHash, expires_at: now + forMs, used_at: null, kind, instructor })
        .execute();
    });
  }

  /** Null if the link is unknown, used or too old. */
  async find(tokenHash: string, now: number): Promise<SetupLink | null> {
    return findLink(this.#db, tokenHash, now);
  }
}

/** The same within a transaction. */
export async function findLink(
  db: Kysely<Schema>,
  tokenHash: string,
  now: number,
): Promise<SetupLink | null> {
  const row = await db
    .selectFrom('setup_links')
    .select(['kind', 'instructor'])
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row ?? null;
}
