import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TeacherClassroomView } from '../shared/classroom/types.ts';
import type { JoinReply, JoinRequest, ScreenReply } from '../shared/protocol/messages.ts';
import { SYN, URG, type Segment } from '../shared/tcp/segment.ts';
import type { EndNow, FullNow, Seats, TableMini } from '../shared/table/types.ts';
import { startLab, type Lab, type Student, type Teacher } from './app.testing.ts';
import { ManualClock } from './clock.testing.ts';

/* A class as it really is: people come late, lose their phones and their connection, and are removed. */

// Whole servers on a busy machine; the lab's own time stands still meanwhile.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let clock: ManualClock;
let lab: Lab;
let cookie: string;
let teacher: Teacher;
let classroomId: string;
let code: string;

const LIMITS = { messages: { burst: 1000, perS: 1000 } };

beforeEach(async () => {
  clock = new ManualClock();
  lab = await startLab({ clock, limits: LIMITS });
  cookie = await lab.logIn();
  await enterClass();
});
afterEach(() => lab.stop());

async function enterClass(): Promise<void> {
  teacher = await lab.teach(cookie);
  ({ classroomId } = await teacher.do('classroom:open', { id: 'open' }));
  ({ code } = await view());
}

/** The same data, by a server that knows nothing but what was kept. */
async function restart(): Promise<void> {
  const { dataDir } = lab;
  await lab.stop('keep');
  lab = await startLab({ clock, limits: LIMITS }, { dataDir });
  await enterClass();
}

let asked = 0;
type Command = Parameters<typeof teacher.do<'classroom:command'>>[1]['command'];
const teach = (command: Command) =>
  teacher.do('classroom:command', { classroomId, id: `t${++asked}`, command });
const view = async (): Promise<TeacherClassroomView> =>
  (await teacher.do('classroom:watch', { classroomId })).view;
const secret = async () => new URL((await view()).joinUrl).hash.slice(1);
const tryJoin = (request: Partial<JoinRequest>) =>
  clock.passUntil(lab.post<JoinReply>('api/join', { code, name: '', ...request }));

interface Seated extends Student {
  readonly reply: JoinReply;
  readonly frames: string[];
}

/** A device that comes with a token, watches, and keeps every frame it receives. */
async function device(reply: JoinReply): Promise<Seated> {
  const client = await lab.play(reply.token);
  const frames: string[] = [];
  client.socket.io.engine.on('packet', ({ data }: { data?: unknown }) => frames.push(String(data)));
  await client.do('classroom:watch', {});
  return Object.assign(client, { reply, frames });
}

const student = async (name: string) => device(await lab.join(code, name));

/** The round in which somebody sits, as it is now. */
async function seatOf(who: Student) {
  const { round } = await who.do('classroom:watch', {});
  if (!round) throw new Error('no seat');
  return round;
}

async function startPairs(scenarioId = 'three-way-handshake'): Promise<void> {
  await teach({ type: 'prepare-round', scenarioId, seating: 'pairs' });
  await teach({ type: 'start-round' });
}

/** Loses the connection, and waits until the server has noticed. */
async function lose(who: Seated): Promise<void> {
  who.socket.disconnect();
  const { presence } = lab.app.lab;
  while (presence.isHere(classroomId, who.reply.playerId)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Lets what is under way be done: whoever asks for the clock is answered after it. */
const settle = async () => {
  await lab.app.lab.settled();
  await teacher.do('clock:read', {});
};

const seatsOf = async (tableId: string): Promise<Seats> =>
  ((await teacher.do('table:watch', { tableId })).now as FullNow).seats;
const holderAt = async (who: Student) => {
  const { tableId, seat } = await seatOf(who);
  return (await seatsOf(tableId))[seat];
};

describe('a seat whose owner is gone', () => {
  test('is lent to a bot after 120 s, and given back the moment they return', async () => {
    const ana = await student('Ana');
    await student('Bo');
    await startPairs();
    const { tableId, seat } = await seatOf(ana);
    await lose(ana);
    clock.advance(119_000);
    await settle();
    expect((await seatsOf(tableId))[seat]).toEqual({ kind: 'player', id: ana.reply.playerId });
    clock.advance(1000);
    await settle();
    expect((await seatsOf(tableId))[seat]).toEqual({ kind: 'player', id: ana.reply.playerId, away: true });
    // The bot answers what is due: the round does not wait.
    clock.advance(60_000);
    await settle();
    const log = await lab.app.store.tables.read(tableId);
    expect(log.some((entry) => entry.type === 'seat-lent')).toBe(true);

    const back = await device(ana.reply);
    await settle();
    expect(await holderAt(back)).toEqual({ kind: 'player', id: ana.reply.playerId });
    expect((await back.do('table:watch', { tableId })).now).toMatchObject({ as: seat });
  });

  test('is not lent while they are away for less, however often', async () => {
    const ana = await student('Ana');
    await startPairs();
    const { tableId } = await seatOf(ana);
    let now = ana;
    for (let i = 0; i < 3; i++) {
      await lose(now);
      clock.advance(100_000);
      now = await device(ana.reply);
      await settle();
    }
    const log = await lab.app.store.tables.read(tableId);
    expect(log.some((entry) => entry.type === 'seat-lent')).toBe(false);
  });

  test('is lent and given back as soon as the table can be changed again', async () => {
    const ana = await student('Ana');
    await student('Bo');
    await startPairs();
    const { tableId, seat } = await seatOf(ana);
    const { tables } = lab.app.store;
    const append = tables.append.bind(tables);
    let outcome: 'conflict' | 'storage-full' | null = 'conflict';
    const tries: string[] = [];
    vi.spyOn(tables, 'append').mockImplementation(async (stream, version, entries) => {
      const type = entries[0]?.type ?? '';
      if (type.startsWith('seat-')) tries.push(type);
      return outcome === null || !type.startsWith('seat-') ? append(stream, version, entries) : outcome;
    });
    const holder = async () => (await seatsOf(tableId))[seat];

    await lose(ana);
    clock.advance(120_000);
    await settle();
    outcome = 'storage-full';
    clock.advance(1000);
    await settle();
    expect(await holder()).not.toHaveProperty('away');
    // Not asked without end meanwhile.
    expect(tries).toHaveLength(10 + 1);
    outcome = null;
    clock.advance(1000);
    await settle();
    expect(await holder()).toMatchObject({ away: true });

    outcome = 'storage-full';
    await device(ana.reply);
    await settle();
    expect(await holder()).toMatchObject({ away: true });
    outcome = null;
    // A change of the classroom does as well as the time.
    await teach({ type: 'lock', locked: true });
    await settle();
    expect(await holder()).toEqual({ kind: 'player', id: ana.reply.playerId });
    const before = tries.length;
    clock.advance(10_000);
    await settle();
    expect(tries).toHaveLength(before);
  });

  test('is lent at once in the next round, if they have been gone so long', async () => {
    const [ana, bo] = [await student('Ana'), await student('Bo')];
    await startPairs();
    await teach({ type: 'prepare-round', scenarioId: 'lost-syn', seating: 'pairs' });
    await lose(ana);
    clock.advance(130_000);
    await teach({ type: 'end-round' });
    await teach({ type: 'start-round' });
    await settle();
    const { tableId } = await seatOf(bo);
    expect(Object.values(await seatsOf(tableId))).toContainEqual({
      kind: 'player',
      id: ana.reply.playerId,
      away: true,
    });
  });

  test('is lent after a restart to which they do not come back, and given back by the next server', async () => {
    const ana = await student('Ana');
    await startPairs();
    const { tableId, seat } = await seatOf(ana);
    await restart();
    await view();
    clock.advance(120_000);
    await settle();
    expect((await seatsOf(tableId))[seat]).toMatchObject({ away: true });
    await restart();
    const back = await device(ana.reply);
    await settle();
    expect(await holderAt(back)).toEqual({ kind: 'player', id: ana.reply.playerId });
  });
});

describe('two pages of the instructor', () => {
  /** What both pages were shown last, whatever instant it was made at. */
  const shown = async (pages: readonly Teacher[]) => {
    clock.advance(250);
    await settle();
    return Promise.all(
      pages.map(async (page) => {
        await page.do('clock:read', {});
        const views = page.all('classroom:view');
        return { ...views.at(-1)!, at: 0 };
      }),
    );
  };

  test('show the same, and of what is asked on both only one is done', async () => {
    const [ana, bo] = [await student('Ana'), await student('Bo')];
    const other = await lab.teach(await lab.logIn());
    await other.do('classroom:watch', { classroomId });
    const pages = [teacher, other] as const;
    const both = async (command: Command) => {
      const replies = await Promise.all(
        pages.map((page) => page.ask('classroom:command', { classroomId, id: `b${++asked}`, command })),
      );
      return replies.map((reply) => (reply.ok ? 'ok' : reply.error.code)).sort();
    };
    const prepare = { type: 'prepare-round', scenarioId: 'three-way-handshake', seating: 'pairs' } as const;
    expect(await both(prepare)).toEqual(['ok', 'ok']);
    const [one, same] = await shown(pages);
    expect(one).toEqual(same);
    expect(one!.rounds).toHaveLength(1);

    const round = one!.rounds[0]!.id;
    expect(await both({ type: 'start-round', round })).toEqual(['ok', 'round/running']);
    expect((await seatOf(ana)).phase).toBe('running');
    expect((await seatOf(bo)).tableId).toBe((await seatOf(ana)).tableId);
    expect(await both({ type: 'end-round', round })).toEqual(['ok', 'round/not-running']);

    // One goes on to the next round; the other still has the first before its eyes.
    await startPairs('lost-syn');
    const stale = (command: Command) =>
      other.ask('classroom:command', { classroomId, id: `s${++asked}`, command });
    for (const command of [
      { type: 'end-round', round },
      { type: 'set-clock', rate: 0, round },
    ] as const) {
      expect(await stale(command)).toEqual({ ok: false, error: { code: 'round/other' } });
    }
    const [last, again] = await shown(pages);
    expect(last).toEqual(again);
    expect(last!.rounds.map(({ phase }) => phase)).toEqual(['ended', 'running']);
  });
});

describe('who comes late', () => {
  test('takes a bot’s seat at once where the class is set so', async () => {
    await teach({ type: 'set-settings', settings: { names: 'free', late: 'at-once' } });
    await student('Ana');
    await startPairs();
    const late = await student('Late');
    const { tableId, seat } = await seatOf(late);
    await settle();
    expect((await seatsOf(tableId))[seat]).toEqual({ kind: 'player', id: late.reply.playerId });
    expect((await late.do('table:watch', { tableId })).now).toMatchObject({ as: seat });
    const more = await student('More');
    await settle();
    expect((await seatOf(more)).tableId).not.toBe(tableId);
  });

  test('waits for the next round where it is not', async () => {
    await student('Ana');
    await startPairs();
    const late = await student('Late');
    await expect(seatOf(late)).rejects.toThrow('no seat');
    expect((await view()).people.find(({ name }) => name === 'Late')).toMatchObject({ waiting: true });
    await teach({ type: 'prepare-round', scenarioId: 'lost-syn', seating: 'pairs' });
    expect((await seatOf(late)).phase).toBe('prepared');
  });
});

test('who is removed stays removed: token, name, PIN and link are worth nothing', async () => {
  const ana = await student('Ana');
  const { url } = await teacher.do('classroom:rejoin-link', {
    classroomId,
    id: 'link',
    player: ana.reply.playerId,
  });
  await teach({ type: 'remove', player: ana.reply.playerId });
  await ana.hear('seat:removed', ({ reason }) => reason === 'removed');
  await ana.gone();
  await expect(lab.play(ana.reply.token)).rejects.toThrow('player/removed');
  expect(await tryJoin({ name: 'ANA' })).toMatchObject({
    status: 403,
    body: { error: { code: 'player/removed' } },
  });
  expect(await lab.post('api/rejoin', { link: new URL(url).hash.slice(1) })).toMatchObject({ status: 410 });
  await restart();
  await expect(lab.play(ana.reply.token)).rejects.toThrow('player/removed');
});

test('who is removed stays removed on their device, through a restart, until the instructor lets them back in', async () => {
  const post = (name: string, cookie = '') =>
    clock.passUntil(lab.post<JoinReply>('api/join', { code, name }, { cookie }));
  const deviceIn = ({ headers }: { headers: Headers }) =>
    headers
      .getSetCookie()
      .find((one) => one.startsWith('lab-device='))!
      .split(';')[0]!;
  const OUT = { status: 403, body: { error: { code: 'player/removed' } } };
  const first = await post('Mallory');
  const phone = deviceIn(first);
  const mallory = first.body.ok ? first.body.value : null;
  // The same one helps a friend in, who has a place and a device of their own.
  const friend = await post('Bo');
  const { url } = await teacher.do('classroom:rejoin-link', {
    classroomId,
    id: 'l',
    player: mallory!.playerId,
  });
  const tablet = deviceIn(await lab.post('api/rejoin', { link: new URL(url).hash.slice(1) }));
  await teach({ type: 'remove', player: mallory!.playerId });

  for (const cookie of [phone, tablet]) expect(await post('Eve', cookie)).toMatchObject(OUT);
  await teach({ type: 'lock', locked: false });
  await restart();
  for (const cookie of [phone, tablet]) expect(await post('Eve', cookie)).toMatchObject(OUT);
  expect((await view()).removed).toEqual([{ id: mallory!.playerId, name: 'Mallory' }]);
  // Everybody else at this address is let in.
  expect((await post('Cy', deviceIn(friend))).status).toBe(200);
  expect((await post('Di')).status).toBe(200);
  const log = JSON.stringify(await lab.app.store.classrooms.read(classroomId));
  for (const cookie of [phone, tablet]) expect(log).not.toContain(cookie.slice(11, 33));

  await teach({ type: 'readmit', player: mallory!.playerId });
  const back = await post('Mallory', phone);
  expect(back.body).toMatchObject({ ok: true, value: { playerId: mallory!.playerId } });
  expect((await view()).removed).toEqual([]);
  const other = await post('Eve', tablet);
  expect(other.body.ok && other.body.value.playerId).not.toBe(mallory!.playerId);
});

describe('a join', () => {
  const id = 'a-request-of-one-device-1';

  test('asked again after a lost reply gives the same seat and token, even by a server that was restarted', async () => {
    const first = await lab.join(code, 'Ana', { id });
    expect(await lab.join(code, 'Ana', { id })).toEqual(first);
    await restart();
    expect(await lab.join(code, 'Ana', { id })).toEqual(first);
    expect((await view()).people).toHaveLength(1);
    expect((await lab.play(first.token)).socket.connected).toBe(true);
    expect(await tryJoin({ name: 'Ana', id: 'a-request-of-another-device' })).toMatchObject({ status: 409 });
  });

  /** Somebody at this address has used up the wrong tries: what is tried next waits. */
  async function guess(): Promise<void> {
    const wrong = () => lab.post('api/join', { code: 'AAAAAA', name: 'x' });
    await clock.passUntil(Promise.all(Array.from({ length: 24 }, wrong)));
    // However much of its time the burst took: this one waits its turn, and what comes next has to wait again.
    await clock.passUntil(wrong());
  }

  test('by guessing codes is told to the instructors, once it holds others up', async () => {
    const wrong = () => clock.passUntil(lab.post('api/join', { code: 'AAAAAA', name: 'x' }));
    for (let i = 0; i < 15; i++) await wrong();
    expect((await view()).alerts).toEqual([]);
    for (let i = 0; i < 9; i++) await wrong();
    clock.advance(250);
    await teacher.hear('classroom:view', ({ alerts }) => alerts.some(({ kind }) => kind === 'codes'));
    const [alert] = (await view()).alerts;
    expect(alert?.tries).toBeGreaterThanOrEqual(20);
    clock.advance(10 * 60_000);
    expect((await view()).alerts).toEqual([]);
  });

  test('needs an id that cannot be guessed, if any', async () => {
    expect((await tryJoin({ name: 'Ana', id: 'short' })).status).toBe(400);
  });

  test('with the QR code’s secret passes, whoever guesses at the same address', async () => {
    await guess();
    const qr = await secret();
    expect(qr).toMatch(/^[\w-]{11}$/);
    const before = clock.now();
    // The clock stands: nothing that waits would ever be answered.
    const scanned = await lab.post<JoinReply>('api/join', { code, name: 'Ana', secret: qr });
    expect(scanned.status).toBe(200);
    const { url } = await teacher.do('classroom:rejoin-link', {
      classroomId,
      id: 'link',
      player: scanned.body.ok ? scanned.body.value.playerId : '',
    });
    expect((await lab.post('api/rejoin', { link: new URL(url).hash.slice(1) })).status).toBe(200);
    expect(clock.now()).toBe(before);

    // A secret that is wrong is no better than none.
    expect((await tryJoin({ name: 'Bo', secret: 'AAAAAAAAAAA' })).status).toBe(200);
    expect(clock.now() - before).toBeGreaterThan(1000);
  });

  test('with the QR code’s secret is told what is the matter', async () => {
    const qr = await secret();
    await teach({ type: 'lock', locked: true });
    expect(await tryJoin({ name: 'Ana', secret: qr })).toMatchObject({
      status: 403,
      body: { error: { code: 'classroom/locked' } },
    });
    expect(await tryJoin({ name: 'Ana' })).toMatchObject({ status: 404 });
    await teach({ type: 'close' });
    expect(await tryJoin({ name: 'Ana', secret: qr })).toMatchObject({
      status: 410,
      body: { error: { code: 'classroom/closed' } },
    });
  });

  test('from a device that the lab has met is not held up by others at its address', async () => {
    const met = await tryJoin({ name: 'Ana' });
    const marked = met.headers.getSetCookie().find((one) => one.startsWith('lab-device='))!;
    expect(marked).toMatch(/^lab-device=[\w-]{22}\.[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax$/);
    await guess();
    const before = clock.now();
    const mine = await lab.post('api/join', { code, name: 'Bo' }, { cookie: marked.split(';')[0]! });
    expect(mine.status).toBe(200);
    expect(clock.now()).toBe(before);
    // One that the lab has not given out says nothing.
    const made = { cookie: `lab-device=${'A'.repeat(22)}.${'A'.repeat(22)}` };
    const { timers } = clock;
    const forged = lab.post('api/join', { code, name: 'Cy' }, made);
    await expect.poll(() => clock.timers, { timeout: 10_000 }).toBeGreaterThan(timers);
    expect((await view()).people.map(({ name }) => name)).toEqual(['Ana', 'Bo']);
    expect((await clock.passUntil(forged)).status).toBe(200);
  });

  test('may be given a name instead', async () => {
    await teach({ type: 'set-settings', settings: { names: 'generated', late: 'at-once' } });
    await lab.join(code, '');
    await lab.join(code, '', { locale: 'zh-CN' });
    const names = (await view()).people.map(({ name }) => name);
    expect(names[0]).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
    expect(names[1]).toMatch(/^\p{Script=Han}+$/u);
  });
});

describe('a roster', () => {
  beforeEach(async () => {
    await lab.setRoster(cookie, classroomId, [
      { name: '王伟', pin: '123456' },
      { name: 'Ana', pin: '654321' },
    ]);
    await teach({ type: 'set-settings', settings: { names: 'roster', late: 'at-once' } });
  });
  const refused = (status: number, error: string) => ({ status, body: { error: { code: error } } });

  test('lets in who has their personal PIN, and says in the export that it is them', async () => {
    expect(await tryJoin({ name: 'Ana' })).toMatchObject(refused(401, 'pin/required'));
    expect(await tryJoin({ name: 'Ana', pin: '123456' })).toMatchObject(refused(401, 'pin/wrong'));
    expect(await tryJoin({ name: 'Eve', pin: '123456' })).toMatchObject(refused(401, 'pin/wrong'));
    const { playerId } = await lab.join(code, 'ana', { pin: '654321' });
    const { people, roster } = await view();
    expect(people).toMatchObject([{ id: playerId, name: 'Ana', verified: true }]);
    expect(roster).toEqual([
      { name: '王伟', joined: false },
      { name: 'Ana', joined: true },
    ]);
  });

  test('may be a whole course’s, and is told how long it may be', async () => {
    const named = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        name: `Course student ${i}`,
        pin: String(100_000 + i),
      }));
    // More than any socket takes in one message.
    expect(JSON.stringify(named(400)).length).toBeGreaterThan(16 * 1024);
    expect((await lab.setRoster(cookie, classroomId, named(400))).body).toEqual({ ok: true, value: null });
    expect((await view()).roster).toHaveLength(400);
    expect((await lab.join(code, 'course student 399', { pin: '100399' })).playerId).toBeTruthy();
    const tooLong = { status: 400, body: { error: { code: 'roster/too-long', with: { max: 1000 } } } };
    expect(await lab.setRoster(cookie, classroomId, named(1001))).toMatchObject(tooLong);
    expect(await lab.setRoster(cookie, classroomId, named(30_000))).toMatchObject(tooLong);
    expect((await view()).roster).toHaveLength(400);
  });

  test('is taken from the classroom’s own instructor and nobody else', async () => {
    const students = [{ name: 'Mallory', pin: '123456' }];
    const long = Array.from({ length: 30_000 }, () => students[0]!);
    expect(await lab.setRoster('', classroomId, students)).toMatchObject(refused(401, 'session/required'));
    expect(await lab.setRoster('', classroomId, long)).toMatchObject(refused(401, 'session/required'));
    const other = await lab.logIn('Ada');
    expect(await lab.setRoster(other, classroomId, students)).toMatchObject(
      refused(404, 'classroom/not-found'),
    );
    const path = `api/classrooms/${classroomId}/roster`;
    const foreign = { cookie, origin: 'http://evil.example' };
    expect((await lab.post(path, { id: 'r', students }, foreign)).status).toBe(403);
    expect(
      (await lab.post(path, { id: 'r', students: [{ name: 'x', pin: 'abc' }] }, { cookie })).status,
    ).toBe(400);
    expect((await view()).roster).toHaveLength(2);
  });

  test('keeps PINs as slow hashes, and shows them to nobody', async () => {
    const log = JSON.stringify(await lab.app.store.classrooms.read(classroomId));
    expect(log).toContain('$argon2id$');
    expect(log).not.toMatch(/"pin":|123456"|654321"/);
    await view();
    expect(JSON.stringify(teacher.heard)).not.toContain('argon2');
  });

  test('gives who comes from another device their place, and tells the first', async () => {
    const first = await device(await lab.join(code, 'Ana', { pin: '654321' }));
    const reply = await lab.join(code, 'Ana', { pin: '654321' });
    expect(reply.playerId).toBe(first.reply.playerId);
    await first.hear('seat:moved');
    await first.gone();
    await expect(lab.play(first.reply.token)).rejects.toThrow('session/expired');
    expect((await lab.play(reply.token)).socket.connected).toBe(true);
  });

  test('makes who guesses PINs wait, and not for other names', async () => {
    const tryPin = (name: string, pin: string) => lab.post('api/join', { code, name, pin });
    for (let i = 0; i < 5; i++) expect((await tryPin('Ana', `00000${i}`)).status).toBe(401);
    expect(await tryPin('Ana', '654321')).toMatchObject(refused(429, 'login/wait'));
    expect((await tryPin('王伟', '123456')).status).toBe(200);
    clock.advance(2000);
    expect((await tryPin('Ana', '654321')).status).toBe(200);
  });

  test('tells the instructor who tries out PINs, of whom and how many, and not of slips', async () => {
    const tryPin = async (name: string, pin: string) => {
      clock.advance(60_000);
      return (await lab.post('api/join', { code, name, pin })).status;
    };
    for (let i = 0; i < 4; i++) await tryPin('Ana', `00000${i}`);
    expect(await tryPin('Ana', '654321')).toBe(200);
    for (let i = 0; i < 8; i++) {
      expect((await view()).alerts).toEqual(i < 5 ? [] : [expect.objectContaining({ tries: i })]);
      await tryPin('王伟', `00000${i}`);
      await tryPin('nobody on the list', `00000${i}`);
    }
    clock.advance(250);
    const shown = await teacher.hear('classroom:view', ({ alerts }) =>
      alerts.some(({ tries }) => tries === 8),
    );
    expect(shown.alerts).toMatchObject([{ kind: 'pins', name: '王伟', tries: 8 }]);
    // The right one at last is no reason to forget it.
    expect(await tryPin('王伟', '123456')).toBe(200);
    expect((await view()).alerts).toMatchObject([{ kind: 'pins', name: '王伟', tries: 8 }]);
    clock.advance(60 * 60_000);
    expect((await view()).alerts).toEqual([]);
  });

  test('does not let back who was removed', async () => {
    const { playerId } = await lab.join(code, 'Ana', { pin: '654321' });
    await teach({ type: 'remove', player: playerId });
    expect(await tryJoin({ name: 'Ana', pin: '654321' })).toMatchObject(refused(403, 'player/removed'));
  });
});

describe('a rejoin link', () => {
  const linkFor = async (player: string, id = 'link') => {
    const { url, expiresAt } = await teacher.do('classroom:rejoin-link', { classroomId, id, player });
    expect(url.startsWith(`${lab.url}/rejoin#`)).toBe(true);
    return { link: new URL(url).hash.slice(1), expiresAt };
  };
  const rejoin = (link: string, id?: string) =>
    lab.post<JoinReply>('api/rejoin', { link, ...(id !== undefined && { id }) });
  const GONE = { status: 410, body: { error: { code: 'rejoin/invalid-link' } } };

  test('gives a new device the seat once, and the old one is told', async () => {
    const ana = await student('Ana');
    await startPairs();
    const { tableId } = await seatOf(ana);
    const { link } = await linkFor(ana.reply.playerId);
    const id = 'a-request-of-a-new-device';
    const { body } = await rejoin(link, id);
    if (!body.ok) throw new Error(body.error.code);
    await ana.hear('seat:moved');
    await ana.gone();
    const fresh = await device(body.value);
    expect(await seatOf(fresh)).toMatchObject({ tableId });
    await expect(lab.play(ana.reply.token)).rejects.toThrow('session/expired');
    // The reply was lost: the same device asks again. Nobody else can.
    expect((await rejoin(link, id)).body).toEqual(body);
    expect(await rejoin(link)).toMatchObject(GONE);
    expect(await rejoin(link, 'a-request-of-somebody-else')).toMatchObject(GONE);
  });

  test('is the same when asked for again, ends after ten minutes, and is kept as a hash', async () => {
    const { playerId } = await lab.join(code, 'Ana');
    const { link, expiresAt } = await linkFor(playerId);
    clock.advance(1000);
    expect(await linkFor(playerId)).toEqual({ link, expiresAt });
    expect(expiresAt).toBe(clock.now() - 1000 + 600_000);
    const log = JSON.stringify(await lab.app.store.classrooms.read(classroomId));
    expect(log).not.toContain(link.split('.')[1]);
    clock.advance(600_000);
    expect(await rejoin(link)).toMatchObject(GONE);
    expect(await rejoin('nonsense')).toMatchObject(GONE);
    const { link: newer } = await linkFor(playerId, 'another');
    expect((await rejoin(newer)).status).toBe(200);
  });
});

describe('a poll', () => {
  const open = () => teach({ type: 'open-poll', scenarioId: 'three-way-handshake', questionId: 'why-three' });

  test('shows on no student’s wire what is right, why, or how others voted, before it is revealed', async () => {
    const [ana, bo] = [await student('Ana'), await student('Bo')];
    await open();
    clock.advance(250);
    const { poll } = await ana.hear('classroom:view', (one) => one.poll !== null);
    const choices = poll!.choices.map(({ id }) => id);
    const vote = (who: Student, choice: string, id: string) =>
      who.ask('poll:answer', { id, poll: poll!.poll, choice });
    expect(await vote(ana, choices[0]!, 'v1')).toEqual({ ok: true, value: null });
    expect(await vote(bo, choices[1]!, 'v1')).toEqual({ ok: true, value: null });
    expect(await vote(bo, 'no-such', 'v2')).toMatchObject({ error: { code: 'poll/not-found' } });
    clock.advance(250);
    await bo.hear('classroom:view', (one) => one.poll?.answered === 2);
    await teach({ type: 'discuss-poll' });
    expect(await vote(bo, choices[0]!, 'v3')).toEqual({ ok: true, value: null });
    clock.advance(250);
    await bo.hear('classroom:view', (one) => one.poll?.phase === 'second' && one.poll.mine !== null);
    for (const { frames } of [ana, bo]) {
      expect(frames.join('\n')).not.toMatch(/"right"|"because"|"votes"|"rightPct"/);
    }
    expect((await view()).poll).toMatchObject({
      phase: 'second',
      answered: 1,
      votes: { first: { [choices[0]!]: 1, [choices[1]!]: 1 }, second: { [choices[0]!]: 1 } },
    });

    await teach({ type: 'reveal-poll' });
    clock.advance(250);
    const seen = await ana.hear('classroom:view', (one) => one.poll?.phase === 'revealed');
    expect(seen.poll!.votes!.first).toMatchObject({ [choices[0]!]: 1, [choices[1]!]: 1 });
    expect(seen.poll!.choices.filter(({ right }) => right)).toHaveLength(1);
    expect(await vote(ana, choices[1]!, 'v4')).toMatchObject({ error: { code: 'poll/over' } });
  });

  test('is not answered by anybody’s debrief before it has been revealed', async () => {
    const [ana] = [await student('Ana'), await student('Bo')];
    await startPairs('full-life');
    const { tableId } = await seatOf(ana);
    await teach({ type: 'end-round' });
    const asked = async () => (await ana.do('table:watch', { tableId })).about.questions!;
    const answered = async () =>
      (await asked()).flatMap(({ id, choices }) => (choices[0]!.because ? [id] : []));
    expect((await asked()).length).toBeGreaterThan(1);
    const { about } = await teacher.do('table:watch', { tableId });
    const secrets = about.questions!.flatMap(({ choices }) => choices.map(({ because }) => because!.en));
    await open();
    expect(await answered()).toEqual([]);
    expect(ana.frames.filter((frame) => secrets.some((one) => frame.includes(one)))).toEqual([]);
    await teach({ type: 'reveal-poll' });
    expect(await answered()).toEqual(['why-three']);
    await teach({ type: 'close-poll' });
    await restart();
    const back = await device(ana.reply);
    const { questions } = (await back.do('table:watch', { tableId })).about;
    expect(questions!.filter(({ choices }) => choices[0]!.because).map(({ id }) => id)).toEqual([
      'why-three',
    ]);
  });

  test('counts a vote once, however often it is sent, and survives a restart', async () => {
    const ana = await student('Ana');
    await open();
    const { poll } = await ana.do('classroom:watch', {});
    const answer = { id: 'v', poll: poll!.poll, choice: poll!.choices[0]!.id };
    await Promise.all([1, 2, 3].map(() => ana.ask('poll:answer', answer)));
    const log = await lab.app.store.classrooms.read(classroomId);
    expect(log.filter(({ type }) => type === 'poll-answered')).toHaveLength(1);
    await restart();
    expect((await view()).poll).toMatchObject({ answered: 1 });
  });
});

test('who has played is told their own marks once the table has ended, and nobody else’s', async () => {
  const people = [await student('Ana'), await student('Bo'), await student('Cy'), await student('Di')];
  await startPairs();
  const { id, tables } = (await view()).rounds[0]!;
  const ask = (who: Student, tableId: string) => who.ask('table:marks', { tableId });
  for (const who of people) {
    const { tableId } = await seatOf(who);
    expect(await ask(who, tableId)).toMatchObject({ error: { code: 'marks/not-yet' } });
    const other = tables.find((table) => table.tableId !== tableId)!;
    expect(await ask(who, other.tableId)).toMatchObject({ error: { code: 'seat/not-yours' } });
  }
  await teach({ type: 'end-round' });
  const all = await teacher.do('round:marks', { classroomId, round: id });
  expect(all).toHaveLength(4);
  for (const who of people) {
    const { tableId, seat } = await seatOf(who);
    const own = { player: who.reply.playerId, seat };
    const { tableId: _, ...mark } = all.find((one) => one.player === own.player)!;
    expect(mark).toMatchObject(own);
    expect(await ask(who, tableId)).toEqual({ ok: true, value: [mark] });
  }
});

describe('the projector', () => {
  const link = async (id = 'screen') => {
    const { url } = await teacher.do('screen:link', { classroomId, id });
    expect(url.startsWith(`${lab.url}/screen#`)).toBe(true);
    return new URL(url).hash.slice(1);
  };
  const opened = async () => {
    const { body } = await lab.post<ScreenReply>('api/screen', { link: await link() });
    if (!body.ok) throw new Error(body.error.code);
    const projector = await lab.project(body.value.token);
    const frames: string[] = [];
    projector.socket.io.engine.on('packet', ({ data }: { data?: unknown }) => frames.push(String(data)));
    return { projector, frames, token: body.value.token };
  };

  test('is opened by a link that works once, within ten minutes, and stays open through a restart', async () => {
    const late = await link();
    clock.advance(600_000);
    expect((await lab.post('api/screen', { link: late })).status).toBe(410);
    const once = await link('again');
    const { body } = await lab.post<ScreenReply>('api/screen', { link: once });
    expect((await lab.post('api/screen', { link: once })).status).toBe(410);
    await expect(lab.project('nonsense')).rejects.toThrow('session/expired');
    await restart();
    const projector = await lab.project(body.ok ? body.value.token : '');
    expect(await projector.do('screen:watch', {})).toMatchObject({ classroomId, show: 'code' });
  });

  test('shows code and QR, and no names unless they are allowed', async () => {
    const ana = await student('Canary Ana');
    const { projector, frames } = await opened();
    const first = await projector.do('screen:watch', {});
    expect(first.join).toMatchObject({ code, joinUrl: `${lab.url}/join/${code}#${await secret()}` });
    for (const show of ['progress', 'debrief', 'poll', 'blank', 'code'] as const) {
      await startPairs().catch(() => {});
      await teach({ type: 'set-screen', screen: { show, names: false } });
      clock.advance(1000);
      await projector.hear('screen:view', (one) => one.show === show);
    }
    await ana.do('clock:read', {});
    expect(frames.join('\n')).not.toContain('Canary');
    await teach({ type: 'set-screen', screen: { show: 'code', names: true } });
    clock.advance(250);
    await projector.hear('screen:view', (one) => one.names?.includes('Canary Ana') ?? false);
  });

  test('follows the tables’ progress', async () => {
    await student('Ana');
    await startPairs();
    await teach({ type: 'set-screen', screen: { show: 'progress', names: false } });
    const { projector } = await opened();
    const { tables } = await projector.do('screen:watch', {});
    expect(tables).toMatchObject([{ number: 1, phase: 'running' }]);
    await teach({ type: 'end-round' });
    clock.advance(1000);
    await projector.hear('screen:view', (one) => one.tables?.[0]?.phase === 'ended');
  });

  test('shows one table while it is put up, and no other', async () => {
    const ana = await student('Ana');
    await startPairs();
    const { tableId } = await seatOf(ana);
    const { projector } = await opened();
    await projector.do('screen:watch', {});
    const refused = { ok: false, error: { code: 'screen/not-shown' } };
    expect(await projector.ask('table:watch', { tableId })).toEqual(refused);
    await teach({ type: 'set-screen', screen: { show: 'table', tableId, names: false } });
    expect((await projector.do('table:watch', { tableId })).now.as).toBe('full');
    clock.advance(2000);
    await projector.hear('table:view');
    await teach({ type: 'set-screen', screen: { show: 'blank', names: false } });
    clock.advance(250);
    await projector.hear('screen:view', (one) => one.show === 'blank');
    const before = projector.all('table:view').length;
    clock.advance(60_000);
    await settle();
    expect(projector.all('table:view')).toHaveLength(before);
    expect(await projector.ask('table:watch', { tableId })).toEqual(refused);
  });

  test('shows nothing of an exam before it is over, whatever was put up', async () => {
    const ana = await student('Ana');
    await startPairs('exam');
    const { tableId } = await seatOf(ana);
    const { projector, frames } = await opened();
    const screen = { show: 'table', tableId, names: false } as const;
    await expect(teach({ type: 'set-screen', screen })).rejects.toThrow('screen/exam-running');
    // Put up by a release that let it through.
    const { classrooms } = lab.app.lab;
    await classrooms.amend(classroomId, (_, at) => [{ at, type: 'screen-set', screen }]);
    const first = await projector.do('screen:watch', {});
    expect(first).toMatchObject({
      show: 'table',
      sealed: true,
      round: { title: { en: expect.any(String) } },
    });
    expect(await projector.ask('table:watch', { tableId })).toMatchObject({
      error: { code: 'screen/exam-running' },
    });
    clock.advance(30_000);
    await settle();
    expect(frames.join('\n')).not.toContain('table:view');
    await teach({ type: 'end-round' });
    clock.advance(1000);
    await projector.hear('screen:view', (one) => one.table?.number === 1);
    expect((await projector.do('table:watch', { tableId })).now).toMatchObject({ phase: 'ended' });
  });

  test('leaves nobody behind who looks, however often it asks at once', async () => {
    await student('Ana');
    await startPairs();
    const { projector } = await opened();
    teacher.socket.disconnect();
    await teacher.gone();
    await Promise.all([1, 2, 3].map(() => projector.do('screen:watch', {})));
    const { liveRounds } = lab.app.lab;
    clock.advance(2000);
    await expect.poll(() => liveRounds.minisOf(classroomId)).toHaveLength(1);
    projector.socket.disconnect();
    await expect.poll(() => liveRounds.minisOf(classroomId)).toEqual([]);
  });

  test('has no controls, and ends with the class', async () => {
    const { projector, token } = await opened();
    const raw = projector.socket;
    for (const message of ['table:command', 'classroom:command']) {
      const req = { classroomId, tableId: 'x', id: 'x', command: { type: 'close' } };
      expect(await raw.timeout(5000).emitWithAck(message, req)).toMatchObject({
        error: { code: 'message/invalid' },
      });
    }
    await projector.do('screen:watch', {});
    await teach({ type: 'close' });
    clock.advance(250);
    await projector.hear('screen:ended');
    await projector.gone();
    await expect(lab.project(token)).rejects.toThrow('classroom/closed');
  });
});

describe('a round', () => {
  /** Somebody who has sent what is wrong, at the seat of the client. */
  async function erring(): Promise<{ ana: Seated; tableId: string }> {
    const ana = await student('Ana');
    await teach({ type: 'prepare-round', scenarioId: 'three-way-handshake', seating: 'alone' });
    const [table] = (await view()).rounds.at(-1)!.tables;
    const holder = { kind: 'player', id: ana.reply.playerId } as const;
    await teach({ type: 'seat', tableId: table!.tableId, seat: 'client', holder });
    await teach({ type: 'start-round' });
    const { tableId } = await seatOf(ana);
    const { now } = await ana.do('table:watch', { tableId });
    clock.advance(2000);
    await ana.hear('table:view', ({ trace }) => trace.items.some(({ kind }) => kind === 'called'));
    const seq = (now as EndNow).iss!;
    const seg: Segment = { flags: SYN | URG, seq, ack: 0, wnd: 64240, dataOctets: 0 };
    await ana.do('table:command', { tableId, id: 'x', command: { type: 'send', seg } });
    return { ana, tableId };
  }

  test('has its misconceptions counted, each leading to the very answer', async () => {
    const { ana, tableId } = await erring();
    clock.advance(1000);
    const { counts } = await teacher.hear('classroom:misconceptions', (one) => one.counts.length > 0);
    expect(counts[0]).toMatchObject({ people: 1, times: 1 });
    const [ref] = counts[0]!.seen;
    expect(ref).toMatchObject({ tableId, seat: 'client', player: ana.reply.playerId });
    const { trace } = await teacher.do('table:watch', { tableId });
    expect(trace.items[ref!.item]).toMatchObject({ kind: 'blocked', side: 'client' });
    // Nothing more happened, so nothing more is sent.
    const before = teacher.all('classroom:misconceptions').length;
    clock.advance(10_000);
    await settle();
    expect(teacher.all('classroom:misconceptions')).toHaveLength(before);
  });

  test('is exported with names for its instructor, and for nobody else', async () => {
    await erring();
    const round = (await view()).rounds[0]!.id;
    const marks = await teacher.do('round:marks', { classroomId, round });
    expect(marks).toMatchObject([{ seat: 'client', leftOpen: 1 }]);
    const { csv, fileName } = await teacher.do('round:export', { classroomId, round, locale: 'en' });
    expect(fileName).toMatch(/^[\d-]+-three-way-handshake\.csv$/);
    expect(csv).toMatch(/^\uFEFFName,.*\r\nAna,unverified,/);

    const get = (path: string, as: string) =>
      fetch(`${lab.url}/api/classrooms/${classroomId}/rounds/${round}${path}`, { headers: { cookie: as } });
    const download = await get('.csv?locale=zh-CN', cookie);
    expect(download.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+\.csv"$/);
    // The mark at the start of the file is not part of its text.
    expect(await download.text()).toMatch(/^姓名,.*\r\nAna,未核实,/);
    const json = (await (await get('.json', cookie)).json()) as { tables: { marks: unknown[] }[] };
    expect(json.tables[0]!.marks).toHaveLength(1);
    expect((await get('.csv', '')).status).toBe(401);
    expect((await get('.csv', await lab.logIn('Ada'))).status).toBe(404);
    expect((await get('x.csv', cookie)).status).toBe(400);
  });

  test('ends by itself when its time is up, and so do its tables; more time can be given', async () => {
    const ana = await student('Ana');
    await teach({
      type: 'prepare-round',
      scenarioId: 'three-way-handshake',
      seating: 'alone',
      options: { endsAfterMs: 60_000 },
    });
    await teach({ type: 'start-round' });
    const { tableId } = await seatOf(ana);
    await ana.do('table:watch', { tableId });
    clock.advance(50_000);
    await settle();
    await teach({ type: 'set-limit', endsAfterMs: 90_000 });
    clock.advance(20_000);
    await settle();
    expect((await view()).rounds[0]!.phase).toBe('running');
    clock.advance(20_250);
    await ana.hear('table:view', ({ now }) => now?.phase === 'ended');
    await teacher.hear('classroom:view', ({ rounds }) => rounds[0]?.phase === 'ended');
  });

  test('has weather, and a nudge for one seat, which only that seat hears', async () => {
    const { ana, tableId } = await erring();
    const bo = await student('Bo');
    await teach({ type: 'every-table', command: { type: 'storm', forMs: 10_000 } });
    const now = (await teacher.do('table:watch', { tableId })).now as FullNow;
    expect(now.stormUntilMs).toBeGreaterThan(0);
    const command = { type: 'nudge', seat: 'client' } as const;
    await teacher.do('table:command', { tableId, id: 'n', command });
    await ana.hear('table:view', ({ trace }) =>
      trace.items.some((item) => item.kind === 'hint' && item.free === true),
    );
    expect(await bo.ask('table:command', { tableId, id: 'n', command })).toMatchObject({
      error: { code: 'seat/not-yours' },
    });
    const asNobody = await teacher.ask('table:command', {
      tableId,
      id: 'l',
      command: { type: 'lend-seat', seat: 'client' },
    });
    expect(asNobody).toMatchObject({ error: { code: 'seat/not-allowed' } });
  });

  test('can be looked at before: the whole scenario, for instructors', async () => {
    expect(await teacher.do('scenario:read', { scenarioId: 'lost-syn' })).toMatchObject({ id: 'lost-syn' });
    const ana = await student('Ana');
    const asked = ana.socket.timeout(5000).emitWithAck('scenario:read', { scenarioId: 'lost-syn' });
    expect(await asked).toMatchObject({ error: { code: 'message/invalid' } });
  });

  test('of two hundred tables sends each miniature about once a second, and only what changed', async () => {
    for (let i = 0; i < 200; i++) await student(`Student ${i}`);
    await teach({ type: 'prepare-round', scenarioId: 'three-way-handshake', seating: 'alone' });
    await teach({ type: 'start-round' });
    const { minis } = await teacher.do('classroom:watch', { classroomId });
    expect(minis).toHaveLength(200);
    const before = teacher.all('classroom:minis').length;
    for (let s = 0; s < 10; s++) {
      clock.advance(1000);
      await settle();
    }
    const sent = teacher.all('classroom:minis').slice(before);
    expect(sent.length).toBeLessThanOrEqual(11);
    const each = new Map<string, TableMini[]>();
    for (const mini of sent.flatMap((one) => one.minis)) {
      each.set(mini.tableId, [...(each.get(mini.tableId) ?? []), mini]);
    }
    for (const [, of] of each) {
      for (const [i, mini] of of.slice(1).entries()) expect(mini).not.toEqual(of[i]);
    }
  }, 60_000);
});
