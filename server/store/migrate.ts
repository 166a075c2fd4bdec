import { Migrator } from 'kysely';
import type { Kysely } from 'kysely';
import { MIGRATIONS } from './migrations.ts';
import { NewerSchemaError } from './newer-schema-error.ts';
import type { Schema } from './schema.ts';

/** Brings the database to this release's schema. Rejects with NewerSchemaError if it is ahead of it. */
export async function migrate(db: Kysely<Schema>, migrations = MIGRATIONS): Promise<void> {
  const done = await executed(db);
  const unknown = done.find((name) => !(name in migrations));
  if (unknown !== undefined) {
    throw new NewerSchemaError(
      `the data was written by a newer release of the lab (it has "${unknown}"): use that release, or another data folder`,
    );
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('the migration failed', { cause: error });
}

async function executed(db: Kysely<Schema>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return rows.map((row) => row.name);
}
