import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** What the lab itself has to remember, by key. */
export class Settings {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async get(key: string): Promise<string | null> {
    const row = await this.#db
      .selectFrom('settings')
      .select('value')
      .where('key', '=', key)
      .executeTakeFirst();
    return row?.value ?? null;
  }

  async set(key: string, value: string): Promise<void> {
    await this.#db
      .insertInto('settings')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
  }

  async remove(key: string): Promise<void> {
    await this.#db.deleteFrom('settings').where('key', '=', key).execute();
  }

  /** What is there already, or this from now on: of several nodes that start at once one decides. */
  async getOr(key: string, fresh: () => string): Promise<string> {
    await this.#db
      .insertInto('settings')
      .values({ key, value: fresh() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return (await this.get(key))!;
  }
}
