import { sql } from 'kysely';
import type { Kysely, Migration } from 'kysely';

/** Forward only, and for ever: a migration that has been released is never changed. Order is by name. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('log')
        .addColumn('stream', 'text', (column) => column.notNull())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('entries', 'text', (column) => column.notNull())
        // Two appends at the same version cannot both be inserted: the key itself is the check.
        .addPrimaryKeyConstraint('log_key', ['stream', 'version'])
        .execute();
      await db.schema
        .createTable('instructors')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('sessions')
        .addColumn('id_hash', 'text', (column) => column.primaryKey())
        .addColumn('instructor', 'text', (column) =>
          column.notNull().references('instructors.id').onDelete('cascade'),
        )
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('seen_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('setup_links')
        .addColumn('token_hash', 'text', (column) => column.primaryKey())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addColumn('used_at', 'bigint')
        .execute();
      await db.schema
        .createTable('classrooms')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('code', 'text', (column) => column.notNull().unique())
        .addColumn('owner', 'text', (column) => column.notNull())
        .addColumn('opened_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('classrooms_owner').on('classrooms').column('owner').execute();
    },
  },
  '0002-accounts': {
    async up(db: Kysely<unknown>) {
      // Instructors of before have neither: they get both by the next setup link.
      await db.schema.alterTable('instructors').addColumn('name_key', 'text').execute();
      await db.schema.alterTable('instructors').addColumn('password_hash', 'text').execute();
      await db.schema
        .createIndex('instructors_name_key')
        .on('instructors')
        .column('name_key')
        .unique()
        .execute();
      await db.schema.createIndex('sessions_instructor').on('sessions').column('instructor').execute();
      await db.schema
        .alterTable('setup_links')
        .addColumn('kind', 'text', (column) => column.notNull().defaultTo('first'))
        .execute();
      await db.schema.alterTable('setup_links').addColumn('instructor', 'text').execute();
      await db.schema
        .createTable('screens')
        .addColumn('link_hash', 'text', (column) => column.primaryKey())
        .addColumn('classroom', 'text', (column) => column.notNull())
        .addColumn('link_expires_at', 'bigint', (column) => column.notNull())
        .addColumn('token_hash', 'text', (column) => column.unique())
        .execute();
      await db.schema
        .createTable('settings')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('value', 'text', (column) => column.notNull())
        .execute();
    },
  },
  '0003-places': {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('log').renameTo('keyed_log').execute();
      await db.schema
        .createTable('log')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('stream', 'text', (column) => column.notNull())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('entries', 'text', (column) => column.notNull())
        .execute();
      await sql`insert into log (stream, version, entries)
        select stream, version, entries from keyed_log order by rowid`.execute(db);
      await db.schema.dropTable('keyed_log').execute();
      // What is in the log already is listed when it is opened.
      await db.schema
        .createTable('places')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('stream', 'text', (column) => column.notNull())
        .addColumn('last', 'integer', (column) => column.notNull())
        .addColumn('rows', 'text', (column) => column.notNull())
        .addColumn('upto', 'integer', (column) => column.notNull())
        .addUniqueConstraint('places_key', ['stream', 'last'])
        .execute();
    },
  },
};
