import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { plainConditions } from '../shared/link/conditions.ts';
import type { ServerToPlay } from '../shared/protocol/messages.ts';
import type { Command } from '../shared/table/command.ts';
import { startLab, type Lab } from './app.testing.ts';
import { ManualClock } from './clock.testing.ts';
import { LIMITS } from './limits.ts';
import { rawClient, until } from './raw-client.testing.ts';
import { emitterFor } from './sockets/emit.ts';
import { openStore } from './store/open-store.ts';

let lab: Lab;
afterEach(() => lab.stop());

/** A practice table with the student at the link, who may turn its conditions as often as they like. */
async function practise(scenarioId = 'full-life') {
  const { body } = await lab.post<{ token: string }>('api/practice', {});
  if (!body.ok) throw new Error(body.error.code);
  const me = await lab.play(body.value.token);
  const { tableId } = await me.do('practice:start', { id: 'p', scenarioId, seat: 'link' });
  await me.do('table:watch', { tableId });
  const turn = (n: number) => me.ask('table:command', { tableId, id: `c${n}`, command: turnTo(n) });
  const turns = async () =>
    (await lab.app.store.tables.read(tableId)).filter(({ type }) => type === 'conditions-set').length;
  return { me, tableId, turn, turns, token: body.value.token };
}

const turnTo = (n: number): Command => ({
  type: 'set-conditions',
  from: 'client',
  conditions: plainConditions(1000 + (n % 1000)),
});
const DONE = { ok: true, value: null };
const BUSY = { ok: false, error: { code: 'server/busy' } };
const FULL = { ok: false, error: { code: 'server/storage-full' } };

const setPages = async (pages: number) =>
  void (await sql.raw(`PRAGMA max_page_count = ${pages}`).execute(lab.app.store.db));
const ready = async () => (await fetch(`${lab.url}/readyz`)).status;

test('a full disk: commands are refused, views go on, and it works again once there is room', async () => {
  lab = await startLab({ limits: { messages: { burst: 1000, perS: 1000 } } });
  const { me, tableId, turn, turns } = await practise();
  expect(await turn(0)).toEqual(DONE);
  expect(await ready()).toBe(200);
  await setPages(1);
  // What is left of the last page may still take a few.
  let accepted = 1;
  while ((await turn(accepted)).ok) accepted += 1;
  expect(await turn(accepted)).toEqual(FULL);
  expect(await me.do('table:watch', { tableId })).toMatchObject({ tableId });
  expect(await turns()).toBe(accepted);
  expect(await lab.post('api/practice', {})).toMatchObject({ status: 503, body: FULL });
  expect(await ready()).toBe(503);
  await setPages(1_000_000);
  expect(await ready()).toBe(200);
  expect(await turn(accepted)).toEqual(DONE);
  expect(await turns()).toBe(accepted + 1);
});

test('when the server stops, everyone is told, what was asked is durable, and clients may come back', async () => {
  lab = await startLab();
  const { me, turn, token } = await practise();
  const stuck = await rawClient(lab.url);
  stuck.send(`40/play,${JSON.stringify({ token: (await practise()).token })}`);
  await stuck.until(/40\/play,\{"sid"/);
  stuck.tcp.pause(); // says no goodbye
  const replies = Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(turn));
  await me.do('clock:read', {});
  const reasons: string[] = [];
  me.socket.once('disconnect', (reason) => reasons.push(reason));
  await lab.app.close();
  await me.gone();
  expect(me.all('server:restarting')).toHaveLength(1);
  expect(await replies).toEqual(Array(8).fill(DONE));
  // Not 'io server disconnect', after which a client does not come back by itself.
  expect(reasons).toEqual(['transport close']);

  lab = await startLab({}, { dataDir: lab.dataDir });
  const { tables } = lab.app.store;
  const { round } = await (await lab.play(token)).do('classroom:watch', {});
  const log = await tables.read(round!.tableId);
  expect(log.filter(({ type }) => type === 'conditions-set')).toHaveLength(8);
});

test('a client that stops reading is dropped, and nobody else notices', async () => {
  lab = await startLab();
  const { me, token, tableId } = await practise();
  const healthy = await practise();
  me.socket.disconnect();
  // The same student by hand, so that reading can be stopped.
  const raw = await rawClient(lab.url);
  raw.send(`40/play,${JSON.stringify({ token })}`);
  await raw.until(/40\/play,\{"sid"/);
  raw.send(`42/play,1["table:watch",${JSON.stringify({ tableId })}]`);
  await raw.until(/43\/play,1\[/);
  const stuck = [...lab.app.io.of('/play').sockets.values()].at(-1)!;
  const emit = emitterFor<ServerToPlay>(stuck, LIMITS);
  raw.tcp.pause();

  // The kernel takes megabytes first; then little more may wait in the process.
  const view = await healthy.me.do('table:watch', { tableId: healthy.tableId });
  const big = { ...view, trace: { ...view.trace, items: Array(200).fill(view.trace.items[0]) } };
  for (let sent = 0; stuck.connected && sent < 10_000; sent++) {
    emit('table:view', big);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(stuck.connected).toBe(false);
  raw.tcp.destroy();
  expect(await healthy.turn(0)).toEqual(DONE);
  // They come back, and the snapshot is right by itself.
  const again = await lab.play(token);
  expect((await again.do('table:watch', { tableId })).trace.from).toBe(0);
});

test('a table that nobody looks at leaves the memory, and comes back as it was', async () => {
  const clock = new ManualClock();
  lab = await startLab({ clock });
  const { me, tableId, token } = await practise();
  const { tables } = lab.app.lab;
  expect(tables.size).toBe(1);
  clock.advance(600_000);
  expect(tables.size).toBe(1); // somebody looks at it
  const before = await me.do('table:watch', { tableId });
  me.socket.disconnect();
  await clock.passUntil(until(() => lab.app.io.engine.clientsCount === 0));
  clock.advance(600_000);
  expect(tables.size).toBe(0);
  const again = await lab.play(token);
  const after = await again.do('table:watch', { tableId });
  expect(after.trace.items.slice(0, before.trace.items.length)).toEqual(before.trace.items);
});

test('a machine whose clock is behind after a restart goes on from where it was, with old tables and sessions', async () => {
  lab = await startLab({ clock: new ManualClock(100_000_000) });
  const cookie = await lab.logIn();
  const { tableId, token } = await practise();
  const { dataDir } = lab;
  await lab.stop('keep');
  const clock = new ManualClock(1_000_000);
  lab = await startLab({ clock }, { dataDir });
  const again = await lab.play(token);
  const { at } = await again.do('table:watch', { tableId });
  expect(at).toBe(100_000_000);
  await clock.passUntil(
    again.hear('table:view', ({ trace }) => trace.items.some(({ kind }) => kind === 'arrived')),
    100,
  );
  clock.advance(8 * 3_600_000 + 1);
  await expect(lab.teach(cookie)).rejects.toThrow('session/required');
});

test('readyz says when the database does not answer; healthz does not ask it', async () => {
  lab = await startLab();
  expect((await fetch(`${lab.url}/readyz`)).status).toBe(200);
  await lab.app.store.close();
  expect((await fetch(`${lab.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${lab.url}/healthz`)).status).toBe(200);
});

test('readyz says when nothing can be written, and when it can again', async () => {
  lab = await startLab();
  const other = await openStore(join(lab.dataDir, 'lab.sqlite'));
  await sql`PRAGMA busy_timeout = 1`.execute(lab.app.store.db);
  await other.db.transaction().execute(async () => {
    expect(await ready()).toBe(503);
  });
  expect(await ready()).toBe(200);
  await other.close();
});

test('while another process keeps the database locked, what is asked is busy, and instructors look on', async () => {
  const clock = new ManualClock();
  lab = await startLab({ clock }, { logLevel: 'silent' });
  const cookie = await lab.logIn();
  const { classroomId } = await (await lab.teach(cookie)).do('classroom:open', { id: 'open' });
  // So late that the session's last use is to be written down.
  clock.advance(120_000);
  const { turn } = await practise();
  const other = await openStore(join(lab.dataDir, 'lab.sqlite'));
  /** Of each connection: one that has waited in vain is opened anew. */
  const hurry = async () => void (await sql`PRAGMA busy_timeout = 1`.execute(lab.app.store.db));
  await other.db.transaction().execute(async () => {
    await hurry();
    expect(await turn(0)).toEqual(BUSY);
    await hurry();
    expect(await lab.post('api/practice', {})).toMatchObject({ status: 503, body: BUSY });
    await hurry();
    await (await lab.teach(cookie)).do('classroom:watch', { classroomId });
    await hurry();
    expect((await fetch(`${lab.url}/api/addresses`, { headers: { cookie } })).status).toBe(200);
  });
  expect(await turn(1)).toEqual(DONE);
  await other.close();
});
