import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ClassroomIndex } from './classroom-index.ts';
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

test('the newest instant is that of the last entries, or of a session used since', async () => {
  const { classrooms, sessions, db, newestAt, close } = await openStore(file);
  expect(await newestAt()).toBe(0);
  const locked = (at: number) => ({ type: 'lock-set', at, locked: true }) as const;
  await classrooms.append('a', 0, [locked(5), locked(9)]);
  await classrooms.append('b', 0, [locked(8)]);
  expect(await newestAt()).toBe(9);
  const instructor = { id: 'i1', name: 'Grace', created_at: 1, name_key: 'grace', password_hash: 'x' };
  await db.insertInto('instructors').values(instructor).execute();
  await sessions.add('s1', 'i1', 12);
  expect(await newestAt()).toBe(12);
  await close();
});

test('several that open one new file at the same moment all have it', async () => {
  for (let time = 0; time < 4; time++) {
    const shared = join(dir, `${time}.sqlite`);
    const stores = await Promise.all(Array.from({ length: 6 }, () => openStore(shared)));
    await stores[0]!.index.add({ id: 'c1', code: 'ABCDEF', owner: 'i1', openedAt: 5 });
    for (const store of stores) {
      expect(await store.index.idOf('ABCDEF')).toBe('c1');
      await store.close();
    }
  }
});

test('a database that is damaged is told by its name', async () => {
  await (await openStore(file)).close();
  // All but its first page.
  writeFileSync(file, readFileSync(file).fill(7, 4096));
  await expect(openStore(file)).rejects.toThrow(`${file}: database disk image is malformed`);
});

test('a file that is no database is told by its name', async () => {
  writeFileSync(file, 'not a database, and long enough to be looked at. '.repeat(100));
  await expect(openStore(file)).rejects.toThrow(`${file}: file is not a database`);
});

test('logs of a release that had a key for each row are as they were, and go on', async () => {
  const { '0003-places': _, ...before } = MIGRATIONS;
  const db = new Kysely<Schema>({ dialect: sqliteDialect(file) });
  await migrate(db, before);
  const notes = (stream: string, from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => ({
      type: 'lock-set' as const,
      at: from + i,
      locked: stream === 'a',
    }));
  for (const [stream, from, to] of [
    ['a', 0, 2],
    ['b', 0, 1],
    ['a', 2, 3],
    ['b', 1, 4],
  ] as const) {
    const row = { stream, version: from, entries: JSON.stringify(notes(stream, from, to)) };
    await sql`insert into log (stream, version, entries) values (${row.stream}, ${row.version}, ${row.entries})`.execute(
      db,
    );
  }
  await db.destroy();
  const store = await openStore(file);
  expect(await store.classrooms.read('a')).toEqual(notes('a', 0, 3));
  expect(await store.classrooms.read('b', 1)).toEqual(notes('b', 1, 4));
  expect(await store.classrooms.append('b', 1, notes('b', 1, 2))).toBe('conflict');
  expect(await store.classrooms.append('b', 4, notes('b', 4, 5))).toBe('ok');
  expect(await store.classrooms.read('b')).toEqual(notes('b', 0, 5));
  await store.close();
});

test('closing lets what was asked before be done, a transaction to its end, and refuses what comes later', async () => {
  const store = await openStore(file);
  const row = (id: string) => ({ id, code: id, owner: 'i1', openedAt: 5 });
  const first = store.index.add(row('c1'));
  const others = [
    store.index.add(row('c2')),
    store.db.transaction().execute(async (transaction) => {
      const index = new ClassroomIndex(transaction);
      await index.add(row('c3'));
      await index.add(row('c4'));
    }),
    store.index.add(row('c5')),
  ];
  await first;
  const closed = store.close();
  await Promise.all(others);
  await closed;
  await expect(store.ping()).rejects.toThrow();
  const again = await openStore(file);
  const codes = ['c1', 'c2', 'c3', 'c4', 'c5'];
  expect(await Promise.all(codes.map((code) => again.index.idOf(code)))).toEqual(codes);
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
  const grace = { name: 'Grace', nameKey: 'grace', passwordHash: 'x' };
  const FIRST = { kind: 'first', instructor: null } as const;
  const GONE = { ok: false, error: { code: 'setup/invalid-link' } };

  test('work once, not after they expire, and a new one ends the old one', async () => {
    const { setupLinks, instructors, close } = await openStore(file);
    const use = (hash: string, now: number) => instructors.setUp(hash, now, { ...grace, freshId: 'i1' });
    await setupLinks.add('h1', FIRST, 0, 100);
    expect(await use('other', 50)).toEqual(GONE);
    expect(await use('h1', 100)).toEqual(GONE);
    expect(await use('h1', 99)).toEqual({ ok: true, value: 'i1' });
    expect(await use('h1', 99)).toEqual(GONE);
    await setupLinks.add('h2', { kind: 'reset', instructor: 'i1' }, 0, 100);
    await setupLinks.add('h3', { kind: 'reset', instructor: 'i1' }, 0, 100);
    expect(await use('h2', 50)).toEqual(GONE);
    expect(await use('h3', 50)).toEqual({ ok: true, value: 'i1' });
    await close();
  });

  test('of invitations each works, and none gives away another name', async () => {
    const { setupLinks, instructors, close } = await openStore(file);
    await setupLinks.add('h1', FIRST, 0, 100);
    await instructors.setUp('h1', 1, { ...grace, freshId: 'i1' });
    const INVITE = { kind: 'invite', instructor: 'i1' } as const;
    await setupLinks.add('h2', INVITE, 0, 100);
    await setupLinks.add('h3', INVITE, 0, 100);
    const taken = await instructors.setUp('h2', 1, { ...grace, freshId: 'i2' });
    expect(taken).toEqual({ ok: false, error: { code: 'name/taken' } });
    for (const [hash, id] of [
      ['h2', 'i2'],
      ['h3', 'i3'],
    ] as const) {
      const account = { name: id, nameKey: id, passwordHash: 'x', freshId: id };
      expect(await instructors.setUp(hash, 1, account)).toEqual({ ok: true, value: id });
    }
    await close();
  });

  test('of an instructor from before there were passwords, the first link gives them one', async () => {
    const { db, setupLinks, instructors, close } = await openStore(file);
    await db
      .insertInto('instructors')
      .values({ id: 'old', name: '', created_at: 1, name_key: null, password_hash: null })
      .execute();
    expect(await instructors.any()).toBe(false);
    await setupLinks.add('h1', FIRST, 0, 100);
    expect(await instructors.setUp('h1', 1, { ...grace, freshId: 'i1' })).toEqual({ ok: true, value: 'old' });
    expect(await instructors.byName('grace')).toEqual({ id: 'old', name: 'Grace', passwordHash: 'x' });
    await close();
  });
});

describe('sessions', () => {
  const HOUR = 3_600_000;

  test('end when unused for 8 hours, after 24 hours in any case, and when removed', async () => {
    const { sessions, db, close } = await openStore(file);
    const instructor = { id: 'i1', name: 'Grace', created_at: 1, name_key: 'grace', password_hash: 'x' };
    await db.insertInto('instructors').values(instructor).execute();
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
