import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Command } from '../shared/table/command.ts';
import type { EndNow, FullNow } from '../shared/table/table-now.ts';
import type { TableView } from '../shared/table/table-view.ts';
import { ACK, SYN, type Segment } from '../shared/tcp/segment.ts';
import type { State } from '../shared/tcp/state.ts';
import { startLab, type Lab, type Student, type Teacher } from './app.testing.ts';
import { ManualClock } from './clock.testing.ts';

let clock: ManualClock;
let lab: Lab;
let cookie: string;
let teacher: Teacher;
let classroomId: string;
let code: string;

beforeEach(async () => {
  clock = new ManualClock();
  lab = await startLab({ clock, limits: { messages: { burst: 1000, perS: 1000 } } });
  cookie = await lab.logIn();
  teacher = await lab.teach(cookie);
  ({ classroomId } = await teacher.do('classroom:open', { id: 'open' }));
  ({ code } = (await teacher.do('classroom:watch', { classroomId })).view);
});
afterEach(() => lab.stop());

let asked = 0;
const teach = (command: Parameters<typeof teacher.do<'classroom:command'>>[1]['command']) =>
  teacher.do('classroom:command', { classroomId, id: `t${++asked}`, command });

interface Seated extends Student {
  readonly frames: string[];
  tableId: string;
}

/** A student who is connected, watches the classroom, and keeps every frame that the socket receives. */
async function student(name: string): Promise<Seated> {
  const { token } = await lab.join(code, name);
  const client = await lab.play(token);
  const frames: string[] = [];
  client.socket.io.engine.on('packet', ({ data }: { data?: unknown }) => frames.push(String(data)));
  await client.do('classroom:watch', {});
  return Object.assign(client, { frames, tableId: '' });
}

/** Seats those who are here at one table and starts. */
async function start(scenarioId: string, ...students: Seated[]): Promise<void> {
  await teach({ type: 'prepare-round', scenarioId, seating: students.length === 3 ? 'triples' : 'pairs' });
  await teach({ type: 'start-round' });
  clock.advance(250);
  for (const one of students) {
    const { round } = await one.hear('classroom:view', (view) => view.round?.phase === 'running');
    one.tableId = round!.tableId;
    await one.do('table:watch', { tableId: one.tableId });
  }
}

const act = (who: Seated, command: Command, id = `c${++asked}`) =>
  who.ask('table:command', { tableId: who.tableId, id, command });

const segment = (flags: number, seq: number, ack = 0): Segment => ({
  flags,
  seq,
  ack,
  wnd: 64240,
  dataOctets: 0,
});

/** The newest view of an end, whole or since. */
const inState = (state: State) => (view: TableView) => (view.now as EndNow).state === state;

/** Answers, and then says which state the end is in, as the lesson asks. */
async function answer(who: Seated, seg: Segment, state: State): Promise<void> {
  expect(await act(who, { type: 'send', seg })).toEqual({ ok: true, value: null });
  expect(await act(who, { type: 'label', state })).toEqual({ ok: true, value: null });
}

const kinds = (who: Seated) =>
  who.all('table:view').flatMap(({ trace }) => trace.items.map((item) => item.kind));

describe('a handshake between two students', () => {
  let client: Seated;
  let server: Seated;
  let clientIss: number;
  let serverIss: number;

  beforeEach(async () => {
    const [one, other] = [await student('Ana'), await student('王伟')];
    await start('three-way-handshake', one, other);
    const snapshots = await Promise.all(
      [one, other].map((who) => who.do('table:watch', { tableId: who.tableId })),
    );
    const oneIsClient = (snapshots[0]!.now as EndNow).as === 'client';
    [client, server] = oneIsClient ? [one, other] : [other, one];
    const isses = snapshots.map(({ now }) => (now as EndNow).iss!);
    [clientIss, serverIss] = oneIsClient ? [isses[0]!, isses[1]!] : [isses[1]!, isses[0]!];
    clock.advance(2000); // the application connects
    await client.hear('table:view', ({ trace }) => trace.items.some(({ kind }) => kind === 'called'));
  });

  async function shakeHands(): Promise<void> {
    const next = (clientIss + 1) % 2 ** 32;
    await answer(client, segment(SYN, clientIss), 'SYN-SENT');
    clock.advance(3000);
    await server.hear('table:view', ({ trace }) => trace.items.some(({ kind }) => kind === 'arrived'));
    await answer(server, segment(SYN | ACK, serverIss, next), 'SYN-RECEIVED');
    clock.advance(3000);
    await client.hear('table:view', ({ trace }) => trace.items.some(({ kind }) => kind === 'arrived'));
    await answer(client, segment(ACK, next, (serverIss + 1) % 2 ** 32), 'ESTABLISHED');
    clock.advance(3000);
  }

  test('leads to ESTABLISHED at both ends, and everybody sees the whole of it when it is over', async () => {
    await shakeHands();
    await server.hear('table:view', ({ now }) => now?.as === 'full');
    const { now, trace } = await client.hear('table:view', (view) => view.now?.as === 'full');
    const full = now as FullNow;
    expect([full.ends.client.state, full.ends.server.state]).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    expect(trace.lens).toBe('full');
    expect(trace.from).toBe(0);
    expect(trace.items.filter(({ kind }) => kind === 'sent')).toHaveLength(3);
  });

  test('tells an end nothing that has not reached it', async () => {
    const secrets = await lab.app.store.tables.read(client.tableId);
    const { seed } = secrets[0] as { seed: string };
    await answer(client, segment(SYN, clientIss), 'SYN-SENT');
    clock.advance(10);
    await server.do('clock:read', {});
    // The SYN is in the air: its number is nowhere in what the other end was sent.
    expect(server.frames.join('\n')).not.toContain(String(clientIss));
    const before = server.frames.length;
    clock.advance(3000);
    await server.hear('table:view', ({ trace }) => trace.items.some(({ kind }) => kind === 'arrived'));
    expect(server.frames.slice(before).join('\n')).toContain(String(clientIss));

    for (const frames of [client.frames, server.frames].map((all) => all.join('\n'))) {
      expect(frames).not.toContain(seed);
      for (const secret of [
        '"seed"',
        '"fate"',
        '"copies"',
        '"arrivesMs"',
        '"lost"',
        '"tokenHash"',
        '"skill"',
      ]) {
        expect(frames).not.toContain(secret);
      }
    }
    expect(client.frames.join('\n')).not.toContain(String(serverIss));
  });

  test('does not let an end notice what happens elsewhere: no view when its own is unchanged', async () => {
    const before = server.all('table:view').length;
    await answer(client, segment(SYN, clientIss), 'SYN-SENT');
    clock.advance(10);
    await server.do('clock:read', {});
    expect(server.all('table:view')).toHaveLength(before);
  });

  test('knows a command by its id: twice is once', async () => {
    const send: Command = { type: 'send', seg: segment(SYN, clientIss) };
    const replies = await Promise.all([1, 2, 3].map(() => act(client, send, 'the-same')));
    expect(replies).toEqual(Array(3).fill({ ok: true, value: null }));
    await act(client, { type: 'label', state: 'SYN-SENT' });
    expect(await act(client, send, 'the-same')).toEqual({ ok: true, value: null });
    expect(kinds(client).filter((kind) => kind === 'sent')).toHaveLength(1);
    const log = await lab.app.store.tables.read(client.tableId);
    expect(log.filter(({ type }) => type === 'segment-sent')).toHaveLength(1);
  });

  test('is refused to those who sit elsewhere, or nowhere', async () => {
    const late = await student('Late');
    expect(await late.ask('table:watch', { tableId: client.tableId })).toEqual({
      ok: false,
      error: { code: 'seat/not-yours' },
    });
    late.tableId = client.tableId;
    expect(await act(late, { type: 'send', seg: segment(SYN, clientIss) })).toEqual({
      ok: false,
      error: { code: 'seat/not-yours' },
    });
    expect(await act(client, { type: 'cut' })).toMatchObject({ ok: false });
    expect(await act(client, { type: 'end' })).toMatchObject({ ok: false });
  });

  test('stands still while the instructor pauses, and goes on from there', async () => {
    await answer(client, segment(SYN, clientIss), 'SYN-SENT');
    await teach({ type: 'set-clock', rate: 0 });
    await client.hear('table:view', ({ now }) => now?.phase === 'paused');
    clock.advance(60_000);
    await server.do('clock:read', {});
    expect(kinds(server)).not.toContain('arrived');
    await teach({ type: 'set-clock', rate: 1 });
    clock.advance(3000);
    await server.hear('table:view', ({ trace }) => trace.items.some(({ kind }) => kind === 'arrived'));
  });

  test('shows the instructor the table in full, and in the small without asking', async () => {
    const full = await teacher.do('table:watch', { tableId: client.tableId });
    expect(full.now.as).toBe('full');
    await answer(client, segment(SYN, clientIss), 'SYN-SENT');
    clock.advance(250);
    const { minis } = await teacher.hear('classroom:minis', ({ minis: [mini] }) =>
      Boolean(mini && mini.states.client === 'SYN-SENT'),
    );
    expect(minis).toHaveLength(1);
    expect(minis[0]!.strokes).toHaveLength(1);
  });

  test('goes on where it was after the connection is lost', async () => {
    await answer(client, segment(SYN, clientIss), 'SYN-SENT');
    const { token } = client.socket.auth as { token: string };
    client.socket.disconnect();
    const again = await lab.play(token);
    const { round } = await again.do('classroom:watch', {});
    const snapshot = await again.do('table:watch', { tableId: round!.tableId });
    expect(inState('SYN-SENT')(snapshot)).toBe(true);
    expect(snapshot.trace.from).toBe(0);
    expect(snapshot.trace.items.some(({ kind }) => kind === 'sent')).toBe(true);
  });

  test('ends when the instructor ends the round', async () => {
    await teach({ type: 'end-round' });
    const { now } = await server.hear('table:view', (view) => view.now?.as === 'full');
    expect(now?.phase).toBe('ended');
    expect(await act(client, { type: 'send', seg: segment(SYN, clientIss) })).toEqual({
      ok: false,
      error: { code: 'table/ended' },
    });
  });
});

describe('a student', () => {
  test('has one place: the newest connection takes it, the older is told', async () => {
    const first = await student('Ana');
    const { token } = first.socket.auth as { token: string };
    const second = await lab.play(token);
    await first.hear('seat:moved');
    await first.gone();
    const view = await second.do('classroom:watch', {});
    expect(view.people).toEqual([{ id: view.me.id, name: 'Ana', here: true }]);
  });

  test('who was removed is told, and stays out', async () => {
    const ana = await student('Ana');
    const { token } = ana.socket.auth as { token: string };
    const { me } = await ana.do('classroom:watch', {});
    await teach({ type: 'remove', player: me.id });
    expect(await ana.hear('seat:removed')).toEqual({ reason: 'removed' });
    await ana.gone();
    await expect(lab.play(token)).rejects.toMatchObject({ data: { code: 'player/removed' } });
  });

  test('sees who is here, as they come and go', async () => {
    const ana = await student('Ana');
    const wei = await student('王伟');
    await clock.passUntil(
      ana.hear('classroom:view', ({ people }) => people.length === 2 && people.every(({ here }) => here)),
    );
    wei.socket.disconnect();
    await clock.passUntil(
      ana.hear('classroom:view', ({ people }) => people.length === 2 && people.some(({ here }) => !here)),
    );
  });

  test('is let in by the token alone, and by nothing that is like it', async () => {
    const { token, classroomId: id, playerId } = await lab.join(code, 'Ana');
    for (const wrong of [undefined, '', 7, {}, id, playerId, `${id}.`, token.slice(0, -1), `${token}x`]) {
      await expect(lab.connect('/play', { auth: { token: wrong } })).rejects.toMatchObject({
        data: { code: 'session/required' },
      });
    }
    const other = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    await expect(lab.play(other)).rejects.toMatchObject({ data: { code: 'session/expired' } });
    await expect(lab.play(`0123456789ab.${token.split('.')[1]}`)).rejects.toMatchObject({
      data: { code: 'session/expired' },
    });
  });
});

describe('an instructor', () => {
  test('opens one classroom for one command, however often it is sent', async () => {
    const again = await teacher.do('classroom:open', { id: 'open' });
    expect(again.classroomId).toBe(classroomId);
    const other = await teacher.do('classroom:open', { id: 'another' });
    const list = await teacher.do('classrooms:list', {});
    expect(list.map((one) => one.classroomId).toSorted()).toEqual(
      [classroomId, other.classroomId].toSorted(),
    );
  });

  test('is refused a scenario that there is not', async () => {
    await student('Ana');
    const command = { type: 'prepare-round', scenarioId: 'nowhere', seating: 'alone' } as const;
    expect(await teacher.ask('classroom:command', { classroomId, id: 'x', command })).toEqual({
      ok: false,
      error: { code: 'scenario/not-found' },
    });
  });

  test('closes the classroom: everyone is told, and the code leads nowhere', async () => {
    const ana = await student('Ana');
    await teach({ type: 'close' });
    expect(await ana.hear('seat:removed')).toEqual({ reason: 'closed' });
    const { status, body } = await clock.passUntil(lab.post('api/join', { code, name: 'Wei' }));
    expect([status, body]).toEqual([404, { ok: false, error: { code: 'classroom/not-found' } }]);
  });

  test('is somebody with a session: logging out ends the connection at once', async () => {
    await lab.post('api/logout', {}, { cookie });
    await teacher.hear('session:ended');
    await teacher.gone();
    await expect(lab.teach(cookie)).rejects.toMatchObject({ data: { code: 'session/required' } });
  });
});

test('an instructor’s connection ends with the session: after a day, however busy', async () => {
  for (let hour = 0; hour < 24; hour++) {
    expect(await teacher.ask('clock:read', {})).toMatchObject({ ok: true });
    clock.advance(3_600_000);
    await lab.app.store.ping();
  }
  clock.advance(600_000);
  await teacher.hear('session:ended');
  await teacher.gone();
});

test('a class goes on where it was when the server is started again', async () => {
  const [ana, wei] = [await student('Ana'), await student('王伟')];
  await start('three-way-handshake', ana, wei);
  clock.advance(2000);
  const token = (ana.socket.auth as { token: string }).token;
  const before = await ana.do('table:watch', { tableId: ana.tableId });
  await lab.stop('keep');

  lab = await startLab({ clock }, { dataDir: lab.dataDir });
  const again = await lab.play(token);
  const { round } = await again.do('classroom:watch', {});
  expect(round?.tableId).toBe(ana.tableId);
  const after = await again.do('table:watch', { tableId: ana.tableId });
  expect(after.now).toEqual(before.now);
  expect(after.trace).toEqual(before.trace);
});

test('alone with bots: a practice table plays itself but for one seat', async () => {
  const { body } = await lab.post<{ token: string }>('api/practice', {});
  if (!body.ok) throw new Error(body.error.code);
  const me = await lab.play(body.value.token);
  const request = { id: 'p1', scenarioId: 'three-way-handshake', seat: 'link' } as const;
  const { tableId } = await me.do('practice:start', request);
  expect((await me.do('practice:start', request)).tableId).toBe(tableId);
  await me.do('table:watch', { tableId });
  for (let i = 0; i < 60; i++) {
    clock.advance(500);
    await me.do('clock:read', {});
  }
  const { now } = await me.hear('table:view', (view) => view.now?.as === 'full');
  expect((now as FullNow).ends.client.state).toBe('ESTABLISHED');
});
