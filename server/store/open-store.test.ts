import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';
import { NewerSchemaError } from './newer-schema-error.ts';
import { openStore } from './open-store.ts';
import type { Schema } from './schema.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lab-store-'));
  file = join(dir, 'lab.sqlite');
});
afterEach(() => rmSync(dir, { recursive: true }));

test('what was written is there when the store is opened again', async () => {
  const store = await openStore(file);
  await store.index.add({ id: 'c1', code: 'ABCDEF', owner: 'i1', openedAt: 5 });
  await store.close();
  const again = await openStore(file);
  expect(await again.index.idOf('ABCDEF')).toBe('c1');
  await again.close();
});

test('data of a newer release is refused with one line, and left alone', async () => {
  const db = new Kysely<Schema>({ dialect: sqliteDialect(file) });
  await migrate(db, { ...MIGRATIONS, '9999-later': { up: async () => {} } });
  await db.destroy();
  const refused = openStore(file);
  await expect(refused).rejects.toThrow(NewerSchemaError);
  await expect(refused).rejects.toThrow(/^the data was written by a newer release[^\n]*"9999-later"[^\n]*$/);
});

test('a migration that fails leaves the database as it was', async () => {
  const db = new Kysely<Schema>({ dialect: sqliteDialect(file) });
  await migrate(db);
  const broken = {
    async up(at: Kysely<unknown>) {
      await at.schema.createTable('half').addColumn('x', 'text').execute();
      throw new Error('broken');
    },
  };
  await expect(migrate(db, { ...MIGRATIONS, '0002-broken': broken })).rejects.toThrow('broken');
  const tables = await db.introspection.getTables();
  expect(tables.map(({ name }) => name)).not.toContain('half');
  await db.destroy();
  await (await openStore(file)).close();
});

describe('setup links', () => {
  test('work once, not after they expire, and a new one ends the old one', async () => {
    const { setupLinks, close } = await openStore(file);
    await setupLinks.add('h1', 100);
    expect(await setupLinks.use('other', 50, 'i1')).toBeNull();
    expect(await setupLinks.use('h1', 100, 'i1')).toBeNull();
    expect(await setupLinks.use('h1', 99, 'i1')).toBe('i1');
    expect(await setupLinks.use('h1', 99, 'i1')).toBeNull();
    await setupLinks.add('h2', 100);
    await setupLinks.add('h3', 100);
    expect(await setupLinks.use('h2', 50, 'i9')).toBeNull();
    expect(await setupLinks.use('h3', 50, 'i9')).toBe('i1'); // the instructor that there is
    await close();
  });
});

describe('sessions', () => {
  const HOUR = 3_600_000;

  test('end when unused for 8 hours, after 24 hours in any case, and when removed', async () => {
    const { sessions, setupLinks, close } = await openStore(file);
    await setupLinks.add('h', 100);
    await setupLinks.use('h', 0, 'i1');
    await sessions.add('s1', 'i1', 0);
    await sessions.add('s2', 'i1', 0);
    await sessions.add('s3', 'i1', 0);
    for (let hour = 7; hour <= 21; hour += 7) expect(await sessions.use('s1', hour * HOUR)).toBe('i1');
    expect(await sessions.use('s1', 24 * HOUR + 1)).toBeNull();
    expect(await sessions.use('s2', 8 * HOUR + 1)).toBeNull();
    await sessions.remove('s3');
    expect(await sessions.use('s3', 1)).toBeNull();
    await close();
  });
});

test('a code leads to one classroom only', async () => {
  const { index, close } = await openStore(file);
  expect(await index.add({ id: 'c1', code: 'ABCDEF', owner: 'i1', openedAt: 1 })).toBe(true);
  expect(await index.add({ id: 'c2', code: 'ABCDEF', owner: 'i1', openedAt: 2 })).toBe(false);
  expect(await index.add({ id: 'c2', code: 'ABCDEG', owner: 'i1', openedAt: 2 })).toBe(true);
  expect(await index.idOf('ABCDEF')).toBe('c1');
  expect(await index.codeOf('c2')).toBe('ABCDEG');
  expect(await index.ownedBy('i1')).toEqual([
    { id: 'c2', openedAt: 2 },
    { id: 'c1', openedAt: 1 },
  ]);
  await close();
});
