import type { Kysely } from 'kysely';
import { refusalOf } from './refusal-of.ts';
import type { Schema } from './schema.ts';

/** A session unused for so long is over, and so is one that is so old: a teaching day. */
const IDLE_MS = 8 * 3_600_000;
const MOST_MS = 24 * 3_600_000;
/** How exactly the last use is kept: not a write for every request. */
const TOUCH_MS = 60_000;

/** Who is logged in. Sessions are known by the hash of their id only. */
export class Sessions {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async add(idHash: string, instructor: string, now: number): Promise<void> {
    await this.#db
      .insertInto('sessions')
      .values({ id_hash: idHash, instructor, created_at: now, seen_at: now })
      .execute();
  }

  /** The instructor's id, and the session counts as used; null if there is no such session or it is over. */
  async use(idHash: string, now: number): Promise<string | null> {
    const row = await this.#db
      .selectFrom('sessions')
      .selectAll()
      .where('id_hash', '=', idHash)
      .executeTakeFirst();
    if (!row) return null;
    const seenAt = Number(row.seen_at);
    if (now - seenAt > IDLE_MS || now - Number(row.created_at) > MOST_MS) {
      await ifWritable(this.remove(idHash));
      return null;
    }
    if (now - seenAt > TOUCH_MS) {
      const touch = this.#db.updateTable('sessions').set({ seen_at: now }).where('id_hash', '=', idHash);
      await ifWritable(touch.execute());
    }
    return row.instructor;
  }

  async remove(idHash: string): Promise<void> {
    await this.#db.deleteFrom('sessions').where('id_hash', '=', idHash).execute();
  }

  /** Ends all sessions of an instructor, and returns the hashes of their ids. */
  async removeAll(instructor: string): Promise<string[]> {
    const rows = await this.#db
      .deleteFrom('sessions')
      .where('instructor', '=', instructor)
      .returning('id_hash')
      .execute();
    return rows.map((row) => row.id_hash);
  }
}

/** Those who are logged in can look on, and save what they have, while nothing can be written. */
async function ifWritable(writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    if (refusalOf(error).code === 'server/fault') throw error;
  }
}
