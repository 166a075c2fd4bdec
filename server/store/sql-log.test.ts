import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterEach } from 'vitest';
import { logStoreContract } from './log-store.contract.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';
import { SqlLog } from './sql-log.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

logStoreContract('SQLite', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'lab-store-'));
  const db = new Kysely<Schema>({ dialect: sqliteDialect(join(dir, 'lab.sqlite')) });
  await migrate(db);
  cleanups.push(async () => {
    await db.destroy();
    rmSync(dir, { recursive: true });
  });
  return {
    log: new SqlLog(db),
    async setFull(full) {
      const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(db);
      await sql.raw(`PRAGMA max_page_count = ${full ? rows[0]!.page_count : 1_000_000}`).execute(db);
    },
  };
});
