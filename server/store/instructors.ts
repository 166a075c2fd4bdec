import type { Kysely } from 'kysely';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import type { Schema } from './schema.ts';
import { findLink } from './setup-links.ts';

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly passwordHash: string;
}

export interface NewAccount {
  readonly name: string;
  /** What the name is compared by. */
  readonly nameKey: string;
  readonly passwordHash: string;
  /** The id, should there be none yet. */
  readonly freshId: string;
}

/** Who may open classrooms. */
export class Instructors {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Whether anybody can log in. */
  async any(): Promise<boolean> {
    return (await this.first()) !== null;
  }

  /** The oldest account: the one that came by the terminal's link. */
  async first(): Promise<Account | null> {
    const row = await this.#accounts().orderBy('created_at').orderBy('id').executeTakeFirst();
    return row ? accountOf(row) : null;
  }

  async byName(nameKey: string): Promise<Account | null> {
    const row = await this.#accounts().where('name_key', '=', nameKey).executeTakeFirst();
    return row ? accountOf(row) : null;
  }

  async byId(id: string): Promise<Account | null> {
    const row = await this.#accounts().where('id', '=', id).executeTakeFirst();
    return row ? accountOf(row) : null;
  }

  async setPassword(id: string, passwordHash: string): Promise<void> {
    await this.#db
      .updateTable('instructors')
      .set({ password_hash: passwordHash })
      .where('id', '=', id)
      .execute();
  }

  /**
   * Uses a setup link up, and returns the id of the account that it made or changed; refused, the link stays.
   */
  setUp(tokenHash: string, now: number, account: NewAccount): Promise<Result<string, Refusal>> {
    return this.#db.transaction().execute(async (db) => {
      const link = await findLink(db, tokenHash, now);
      if (!link) return refuse({ code: 'setup/invalid-link' });
      const id = await accountFor(db, link.kind, link.instructor, account.freshId);
      const namesake = await db
        .selectFrom('instructors')
        .select('id')
        .where('name_key', '=', account.nameKey)
        .executeTakeFirst();
      if (namesake && namesake.id !== id) return refuse({ code: 'name/taken' });
      await db.updateTable('setup_links').set({ used_at: now }).where('token_hash', '=', tokenHash).execute();
      const row = { name: account.name, name_key: account.nameKey, password_hash: account.passwordHash };
      await db
        .insertInto('instructors')
        .values({ id, created_at: now, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
      return ok(id);
    });
  }

  #accounts() {
    return this.#db
      .selectFrom('instructors')
      .select(['id', 'name', 'password_hash'])
      .where('password_hash', 'is not', null);
  }
}

/** Whose account a link is for: one that was there before there were passwords has classrooms to keep. */
async function accountFor(
  db: Kysely<Schema>,
  kind: 'first' | 'invite' | 'reset',
  instructor: string | null,
  freshId: string,
): Promise<string> {
  if (kind === 'reset') return instructor ?? freshId;
  if (kind === 'invite') return freshId;
  const before = await db
    .selectFrom('instructors')
    .select('id')
    .where('password_hash', 'is', null)
    .orderBy('created_at')
    .executeTakeFirst();
  return before?.id ?? freshId;
}

function accountOf(row: { id: string; name: string; password_hash: string | null }): Account {
  return { id: row.id, name: row.name, passwordHash: row.password_hash ?? '' };
}
