import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** One-use links that make their holder the instructor. Known by the hash of their token only. */
export class SetupLinks {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** A new link; older ones stop working, so that what was printed last is what counts. */
  async add(tokenHash: string, expiresAt: number): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await db.deleteFrom('setup_links').execute();
      await db
        .insertInto('setup_links')
        .values({ token_hash: tokenHash, expires_at: expiresAt, used_at: null })
        .execute();
    });
  }

  /**
   * Uses the link up and returns the instructor's id: `newInstructor` if there was none yet.
   * Null if the link is unknown, used or too old.
   */
  async use(tokenHash: string, now: number, newInstructor: string): Promise<string | null> {
    return this.#db.transaction().execute(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('setup_links')
        .set({ used_at: now })
        .where('token_hash', '=', tokenHash)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows !== 1n) return null;
      const first = await db.selectFrom('instructors').select('id').orderBy('created_at').executeTakeFirst();
      if (first) return first.id;
      await db.insertInto('instructors').values({ id: newInstructor, name: '', created_at: now }).execute();
      return newInstructor;
    });
  }
}
