import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { JoinReply } from '../../shared/protocol/messages.ts';
import { startLab } from '../app.testing.ts';
import {
  clock,
  lab,
  cookie,
  teacher,
  classroomId,
  code,
  restart,
  device,
  seatOf,
  startPairs,
  teach,
  view,
  secret,
  tryJoin,
  student,
} from '../class.testing.ts';

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
    // However much of its time the burst took: this one waits its turn, and what comes next has to wait
    // again.
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
    const { timers } = clock;
    const typed = lab.post('api/join', { code, name: 'Bo', secret: 'AAAAAAAAAAA' });
    await expect.poll(() => clock.timers, { timeout: 10_000 }).toBeGreaterThan(timers);
    expect((await clock.passUntil(typed)).status).toBe(200);
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

  test('is one of so many a minute from one address, and who does not come in is none', async () => {
    const slow = await startLab({ clock, limits: { joins: { burst: 2, perS: 1 } } });
    onTestFinished(() => slow.stop());
    const instructor = await slow.teach(await slow.logIn());
    const opened = await instructor.do('classroom:open', { id: 'open' });
    const { view: shown } = await instructor.do('classroom:watch', opened);
    const scanned = { code: shown.code, secret: new URL(shown.joinUrl).hash.slice(1) };
    const come = async (name: string) => (await slow.post('api/join', { ...scanned, name })).status;
    expect(await come('Ana')).toBe(200);
    for (let i = 0; i < 5; i++) expect(await come('Ana')).toBe(409);
    expect(await come('Bo')).toBe(200);
    expect(await come('Cy')).toBe(429);
    clock.advance(1000);
    expect(await come('Cy')).toBe(200);
  });

  test('waits ten seconds at most, with however many devices somebody guesses', async () => {
    const slow = await startLab({ clock, limits: { allWrongCodes: { burst: 5, perS: 0.05 } } });
    onTestFinished(() => slow.stop());
    const instructor = await slow.teach(await slow.logIn());
    const opened = await instructor.do('classroom:open', { id: 'open' });
    const { view: shown } = await instructor.do('classroom:watch', opened);
    const wrong = () => slow.post('api/join', { code: 'AAAAAA', name: 'x' });
    await clock.passUntil(Promise.all(Array.from({ length: 15 }, wrong)));
    const { timers } = clock;
    const joining = slow.post('api/join', { code: shown.code, name: 'Ana' });
    await expect.poll(() => clock.timers, { timeout: 10_000 }).toBeGreaterThan(timers);
    clock.advance(10_000);
    // The clock stands from here on.
    expect((await joining).status).toBe(200);
  });

  test('under the instructor’s name is refused, and so is a rename to it', async () => {
    expect(await tryJoin({ name: 'gracе' })).toMatchObject({ body: { error: { code: 'name/reserved' } } });
    const ana = await student('Ana');
    const command = { type: 'rename', player: ana.reply.playerId, name: 'GRACE' } as const;
    expect(await teacher.ask('classroom:command', { classroomId, id: 'rename', command })).toMatchObject({
      error: { code: 'name/reserved' },
    });
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

  test('lets in who is on it, however many PINs of made-up names are tried at the same address', async () => {
    const tryPin = async (name: string, pin: string) =>
      (await lab.post('api/join', { code, secret: scanned, name, pin })).status;
    const scanned = await secret();
    const flood = Array.from({ length: 200 }, (_, i) => tryPin(`nobody ${i}`, '000000'));
    expect(await tryPin('Ana', '654321')).toBe(200);
    for (const status of await Promise.all(flood)) expect([401, 503]).toContain(status);
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

test('the id of a table is no classroom’s', async () => {
  const ana = await student('Ana');
  await startPairs();
  const { tableId } = await seatOf(ana);
  const gone = { ok: false, error: { code: 'classroom/not-found' } };
  expect(await teacher.ask('classroom:watch', { classroomId: tableId })).toEqual(gone);
  expect((await lab.setRoster(cookie, tableId, [])).body).toEqual(gone);
  expect((await lab.post('api/rejoin', { link: `${tableId}.${'A'.repeat(43)}` })).status).toBe(410);
});
