import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logStoreContract } from './log-store.contract.ts';
import { MemoryLog } from './memory.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';
import { Settings } from './settings.ts';
import { SqlLog } from './sql-log.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

interface Note {
  readonly n: number;
}

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lab-store-'));
});
const opened: Kysely<Schema>[] = [];
afterEach(async () => {
  for (const db of opened.splice(0)) await db.destroy();
  rmSync(dir, { recursive: true });
});

/** A connection of its own to the database of this test, as another node has. */
async function connect(name = 'lab.sqlite'): Promise<Kysely<Schema>> {
  const db = new Kysely<Schema>({ dialect: sqliteDialect(join(dir, name)) });
  opened.push(db);
  await migrate(db);
  return db;
}

async function setFull(db: Kysely<Schema>, full: boolean): Promise<void> {
  const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(db);
  await sql.raw(`PRAGMA max_page_count = ${full ? rows[0]!.page_count : 1_000_000}`).execute(db);
}

for (const [name, rowsAListing] of [
  ['SQLite', undefined],
  ['SQLite, with each row listed at once', 1],
  ['SQLite, with few rows listed at a time', 3],
] as const) {
  logStoreContract(name, async () => {
    const db = await connect();
    return { log: new SqlLog(db, rowsAListing), setFull: (full) => setFull(db, full) };
  });
}

test('of two nodes that write at the same place one is told, and both read the same', async () => {
  const [a, b] = [new SqlLog<Note>(await connect()), new SqlLog<Note>(await connect())];
  expect(await a.append('s', 0, [{ n: 1 }])).toBe('ok');
  expect(await b.append('s', 0, [{ n: 2 }])).toBe('conflict');
  expect(await b.append('s', 1, [{ n: 3 }, { n: 4 }])).toBe('ok');
  expect(await a.append('s', 1, [{ n: 5 }])).toBe('conflict');
  expect(await a.append('other', 0, [{ n: 6 }])).toBe('ok');
  expect(await a.append('s', 3, [{ n: 7 }])).toBe('ok');
  for (const log of [a, b]) {
    expect(await log.read('s')).toEqual([{ n: 1 }, { n: 3 }, { n: 4 }, { n: 7 }]);
    expect(await log.read('s', 3)).toEqual([{ n: 7 }]);
  }
});

test('two nodes that write as fast as they can lose nothing and double nothing', async () => {
  const nodes = [await connect(), await connect()];
  const write = async (log: SqlLog<Note>, n: number) => {
    for (let left = 10; left > 0;) {
      const stream = `s${n % 4}`;
      const version = (await log.read(stream)).length;
      if ((await log.append(stream, version, [{ n: n * 100 + left }])) === 'ok') left--;
    }
  };
  const logs = nodes.map((db) => new SqlLog<Note>(db, 7));
  await Promise.all(Array.from({ length: 12 }, (_, n) => write(logs[n % 2]!, n)));
  const written = await Promise.all(Array.from({ length: 4 }, (_, n) => logs[0]!.read(`s${n}`)));
  const expected = Array.from({ length: 12 }, (_, n) =>
    Array.from({ length: 10 }, (_, i) => n * 100 + i + 1),
  );
  const ascending = (numbers: readonly number[]) => numbers.toSorted((x, y) => x - y);
  expect(ascending(written.flat().map(({ n }) => n))).toEqual(ascending(expected.flat()));
});

test('whoever writes, lists and comes anew in whatever order, the log is what it would be in memory', async () => {
  const step = fc.record({
    node: fc.nat(1),
    stream: fc.constantFrom('a', 'b', 'c'),
    // How many entries the writer does not know of; 0: it is up to date.
    behind: fc.constantFrom(0, 0, 0, 1, 2),
    count: fc.integer({ min: 1, max: 3 }),
    then: fc.constantFrom('nothing', 'nothing', 'list', 'anew'),
  });
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const name = `${++runs}.sqlite`;
      const nodes = [await connect(name), await connect(name)];
      const logs = nodes.map((db) => new SqlLog<Note>(db, 4));
      const memory = new MemoryLog<Note>();
      for (const [n, { node, stream, behind, count, then }] of steps.entries()) {
        const log = logs[node]!;
        const entries = Array.from({ length: count }, () => ({ n }));
        const { length } = await memory.read(stream);
        const version = Math.max(0, length - behind);
        expect(await log.append(stream, version, entries)).toBe(
          await memory.append(stream, version, entries),
        );
        for (const from of [0, length]) {
          expect(await log.read(stream, from)).toEqual(await memory.read(stream, from));
        }
        if (then === 'list') await log.list();
        if (then === 'anew') logs[node] = new SqlLog<Note>(nodes[node]!, 4);
      }
      for (const db of opened.splice(0)) await db.destroy();
    }),
    { numRuns: 25 },
  );
});

test('what another process keeps waiting for too long fails, and nothing does afterwards', async () => {
  const [db, other] = [await connect(), await connect()];
  const known = new SqlLog<Note>(db);
  await known.append('s', 0, [{ n: 0 }]);
  // The first writes by an INSERT, the second by a transaction, since it does not know the newest row yet.
  for (const [log, time] of [
    [known, 1],
    [new SqlLog<Note>(db), 2],
  ] as const) {
    await sql`PRAGMA busy_timeout = 1`.execute(db);
    await other.transaction().execute(async () => {
      await expect(log.append('s', time, [{ n: time }])).rejects.toThrow('database is locked');
      expect(await log.read('s')).toHaveLength(time);
    });
    await new Settings(db).set('a', 'b');
    await db.transaction().execute((transaction) => new Settings(transaction).set('a', `${time}`));
    expect(await log.append('s', time, [{ n: time }])).toBe('ok');
    expect(await new Settings(other).get('a')).toBe(`${time}`);
  }
  // Nobody is in the way of anybody else either.
  expect(await new SqlLog<Note>(other).append('s', 3, [{ n: 3 }])).toBe('ok');
  expect(await known.read('s')).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }, { n: 3 }]);
});

test('what there is no room to list can still be read, and is listed later', async () => {
  const db = await connect();
  const log = new SqlLog<Note>(db, Infinity);
  const streams = Array.from({ length: 500 }, (_, i) => `s${i}`);
  await Promise.all(streams.map((stream, n) => log.append(stream, 0, [{ n }])));
  const places = async () => (await db.selectFrom('places').select('stream').execute()).length;
  await setFull(db, true);
  await log.list();
  expect(await places()).toBe(0);
  expect(await log.read('s321')).toEqual([{ n: 321 }]);
  await setFull(db, false);
  await log.list();
  expect(await places()).toBe(500);
  expect(await log.read('s321')).toEqual([{ n: 321 }]);
});
