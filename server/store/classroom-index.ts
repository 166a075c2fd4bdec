import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Finds classrooms by what their logs cannot be searched for: code and owner. */
export class ClassroomIndex {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** False if the code is taken, or the classroom is listed already. */
  async add(row: { id: string; code: string; owner: string; openedAt: number }): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto('classrooms')
      .values({ id: row.id, code: row.code, owner: row.owner, opened_at: row.openedAt })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  async idOf(code: string): Promise<string | null> {
    const row = await this.#db
      .selectFrom('classrooms')
      .select('id')
      .where('code', '=', code)
      .executeTakeFirst();
    return row?.id ?? null;
  }

  async codeOf(id: string): Promise<string | null> {
    const row = await this.#db
      .selectFrom('classrooms')
      .select('code')
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.code ?? null;
  }

  /** The newest first. */
  async ownedBy(owner: string): Promise<{ id: string; openedAt: number }[]> {
    const rows = await this.#db
      .selectFrom('classrooms')
      .select(['id', 'opened_at'])
      .where('owner', '=', owner)
      .orderBy('opened_at', 'desc')
      .execute();
    return rows.map((row) => ({ id: row.id, openedAt: Number(row.opened_at) }));
  }
}
