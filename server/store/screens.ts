import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Projectors' pages: a one-use link, and the token that it is given for. Known by their hashes only. */
export class Screens {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async addLink(linkHash: string, classroom: string, expiresAt: number): Promise<void> {
    await this.#db
      .insertInto('screens')
      .values({ link_hash: linkHash, classroom, link_expires_at: expiresAt, token_hash: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** Uses the link up, and returns its classroom; null if it is unknown, used or too old. */
  async useLink(linkHash: string, tokenHash: string, now: number): Promise<string | null> {
    const row = await this.#db
      .updateTable('screens')
      .set({ token_hash: tokenHash })
      .where('link_hash', '=', linkHash)
      .where('token_hash', 'is', null)
      .where('link_expires_at', '>', now)
      .returning('classroom')
      .executeTakeFirst();
    return row?.classroom ?? null;
  }

  /** The classroom that a token shows; null: none. */
  async classroomOf(tokenHash: string): Promise<string | null> {
    const row = await this.#db
      .selectFrom('screens')
      .select('classroom')
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst();
    return row?.classroom ?? null;
  }
}
