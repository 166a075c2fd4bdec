import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cookieOf, PASSWORD, startLab, tokenIn, type Lab } from './app.testing.ts';
import { ManualClock } from './clock.testing.ts';
import { resetAdmin } from './lab/reset-admin.ts';

// Whole servers on a busy machine; the lab's own time stands still meanwhile.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let clock: ManualClock;
let lab: Lab;
beforeEach(async () => {
  clock = new ManualClock();
  lab = await startLab({ clock });
});
afterEach(() => lab.stop());

const GONE = { status: 410, body: { ok: false, error: { code: 'setup/invalid-link' } } };
const refused = (status: number, code: string) => ({ status, body: { ok: false, error: { code } } });
const firstLink = async () => (await lab.app.instructorLink())!;
const logIn = (name: string, password: string) => lab.post('api/login', { name, password });
const whoIs = async (cookie: string): Promise<unknown> =>
  (await fetch(`${lab.url}/api/session`, { headers: { cookie } })).json();
const NOBODY = { ok: true, value: { instructor: false } };
const somebody = (name: string) => ({ ok: true, value: { instructor: true, name } });

describe('the first link', () => {
  test('asks for a name and a password, works once, for half an hour, and only the newest', async () => {
    const old = await firstLink();
    const link = await firstLink();
    expect(await lab.setUp(old)).toMatchObject(GONE);
    expect(await lab.setUp('setup?token=x')).toMatchObject(GONE);
    expect(await lab.post('api/setup', { token: tokenIn(link) })).toMatchObject({ status: 400 });
    const late = await firstLink();
    clock.advance(30 * 60_000);
    expect(await lab.setUp(late)).toMatchObject(GONE);
    const last = await firstLink();
    expect(await lab.setUp(last)).toMatchObject({ status: 200, body: { ok: true } });
    expect(await lab.setUp(last)).toMatchObject(GONE);
  });

  test('has 256 bits, and is kept as a hash', async () => {
    const link = await firstLink();
    expect(tokenIn(link)).toMatch(/^[\w-]{43}$/);
    await lab.stop('keep');
    for (const file of readdirSync(lab.dataDir)) {
      expect(readFileSync(join(lab.dataDir, file)).includes(tokenIn(link))).toBe(false);
    }
    lab = await startLab({ clock }, { dataDir: lab.dataDir });
    expect((await lab.setUp(link)).status).toBe(200);
  });

  test('is not used up by looking at it', async () => {
    const link = await firstLink();
    await fetch(`${lab.url}/${link}`);
    const look = () => lab.post('api/setup/check', { token: tokenIn(link) });
    expect(await look()).toMatchObject({ status: 200, body: { value: { kind: 'first', name: '' } } });
    expect((await lab.setUp(link)).status).toBe(200);
    expect(await look()).toMatchObject(GONE);
  });

  test('is not used up by what is refused either', async () => {
    const link = await firstLink();
    const tryWith = (name: string, password: string) => lab.setUp(link, name, password);
    expect(await tryWith(' ', PASSWORD)).toMatchObject(refused(400, 'name/empty'));
    expect(await tryWith('x'.repeat(65), PASSWORD)).toMatchObject(refused(400, 'name/too-long'));
    expect(await tryWith('a\u202Eb', PASSWORD)).toMatchObject(refused(400, 'name/hidden-characters'));
    expect(await tryWith('Grace', 'seven77')).toMatchObject({
      status: 400,
      body: { error: { code: 'password/too-short', with: { min: 8 } } },
    });
    expect(await tryWith('Grace', 'x'.repeat(257))).toMatchObject(refused(400, 'password/too-long'));
    for (const common of ['12345678', 'Password1', 'iloveyou!!', 'aaaaaaaaaaaa', 'Handshake Lab 1']) {
      expect(await tryWith('Grace', common)).toMatchObject(refused(400, 'password/common'));
    }
    expect(await tryWith('Grace Hopper', 'grace hopper 1906')).toMatchObject(refused(400, 'password/common'));
    expect(await tryWith('Grace', 'long and without any rule '.repeat(4))).toMatchObject({ status: 200 });
  });

  test('is not given once there is an account, not even after a restart', async () => {
    expect((await lab.setUp(await firstLink())).status).toBe(200);
    expect(await lab.app.instructorLink()).toBeNull();
    await lab.stop('keep');
    lab = await startLab({ clock }, { dataDir: lab.dataDir });
    expect(await lab.app.instructorLink()).toBeNull();
  });
});

describe('a password', () => {
  test('is kept by Argon2id with 19 MiB and two passes, and nowhere else', async () => {
    await lab.logIn();
    const { password_hash: kept } = await lab.app.store.db
      .selectFrom('instructors')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await lab.stop('keep');
    for (const file of readdirSync(lab.dataDir)) {
      expect(readFileSync(join(lab.dataDir, file)).includes(PASSWORD)).toBe(false);
    }
    lab = await startLab({ clock }, { dataDir: lab.dataDir });
  });

  test('lets in with the name, however the name is typed', async () => {
    await lab.logIn('Grace Hopper');
    const reply = await logIn('  grace  HOPPER ', PASSWORD);
    expect(reply).toMatchObject({ status: 200, body: { ok: true } });
    expect(await whoIs(cookieOf(reply))).toEqual(somebody('Grace Hopper'));
  });

  test('that is wrong and a name that is unknown are told alike', async () => {
    await lab.logIn();
    const wrong = await logIn('Grace', 'not this one');
    const unknown = await logIn('Nobody', 'not this one');
    expect(wrong).toMatchObject(refused(401, 'login/wrong'));
    expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  test('after ten failures each try waits twice as long; sessions and other accounts do not notice', async () => {
    const cookie = await lab.logIn('Grace');
    await lab.logIn('Ada');
    for (let i = 0; i < 10; i++) expect((await logIn('Grace', `guess ${i}`)).status).toBe(401);
    for (const seconds of [1, 2, 4, 8]) {
      const waiting = await logIn('GRACE', PASSWORD);
      expect(waiting).toMatchObject({
        status: 429,
        body: { error: { code: 'login/wait', with: { seconds } } },
      });
      expect(waiting.headers.get('retry-after')).toBe(String(seconds));
      clock.advance(seconds * 1000 - 1);
      expect((await logIn('Grace', 'guess')).status).toBe(429);
      clock.advance(1);
      expect((await logIn('Grace', 'guess')).status).toBe(401);
    }
    expect(await whoIs(cookie)).toEqual(somebody('Grace'));
    expect((await logIn('Ada', PASSWORD)).status).toBe(200);
    clock.advance(16_000);
    expect((await logIn('Grace', PASSWORD)).status).toBe(200);
    expect((await logIn('Grace', 'guess')).status).toBe(401);
  });

  test('is changed by whoever is inside, however many guess at the door; guesses inside count as well', async () => {
    const before = await lab.logIn();
    for (let i = 0; i < 10; i++) await logIn('Grace', `guess ${i}`);
    expect(await logIn('Grace', PASSWORD)).toMatchObject(refused(429, 'login/wait'));
    const change = (old: string, cookie: string) =>
      lab.post('api/password', { old, new: 'another good one' }, { cookie });
    const changed = await change(PASSWORD, before);
    expect(changed.status).toBe(200);
    const inside = cookieOf(changed);
    for (let i = 0; i < 10; i++) expect((await change(`guess ${i}`, inside)).status).toBe(401);
    expect(await change('another good one', inside)).toMatchObject(refused(429, 'login/wait'));
  });

  test('of many tries at once no more than ten are looked at', async () => {
    await lab.logIn();
    const tries = await Promise.all(Array.from({ length: 40 }, (_, i) => logIn('Grace', `guess ${i}`)));
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(30);
  });

  test('is looked at in its turn, however many made-up names are tried at the same address', async () => {
    await lab.logIn('Grace');
    const flood = Array.from({ length: 80 }, (_, i) => logIn(`Nobody ${i}`, 'whatever'));
    expect((await logIn('Grace', PASSWORD)).status).toBe(200);
    for (const { status } of await Promise.all(flood)) expect([401, 503]).toContain(status);
  });

  test('that is unknown to the lab is slowed down as well', async () => {
    for (let i = 0; i < 10; i++) await logIn('Nobody', `guess ${i}`);
    expect(await logIn('Nobody', 'guess')).toMatchObject(refused(429, 'login/wait'));
  });
});

describe('a session', () => {
  test('is a cookie that scripts and other sites do not get, new at each login', async () => {
    const first = (await lab.setUp(await firstLink())).headers.getSetCookie()[0]!;
    expect(first).toMatch(/^lab-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const cookie = first.split(';')[0]!;
    const again = await lab.post('api/login', { name: 'Grace', password: PASSWORD }, { cookie });
    expect(await whoIs(cookie)).toEqual(NOBODY);
    expect(cookieOf(again)).not.toBe(cookie);
    expect(await whoIs(cookieOf(again))).toEqual(somebody('Grace'));
    await lab.post('api/logout', {}, { cookie: cookieOf(again) });
    expect(await whoIs(cookieOf(again))).toEqual(NOBODY);
  });

  test('over HTTPS the cookie is bound to it', async () => {
    const cookieAt = async (publicUrl: string, basePath: string) => {
      await lab.stop();
      lab = await startLab({ clock }, { publicUrl, basePath });
      const { headers } = await lab.setUp(await firstLink());
      expect(headers.get('strict-transport-security')).not.toBeNull();
      return headers.getSetCookie()[0];
    };
    expect(await cookieAt('https://lab.example.org', '')).toMatch(
      /^__Host-lab-session=[\w-]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(await cookieAt('https://example.org/lab', '/lab')).toMatch(
      /^__Secure-lab-session=[\w-]+; Path=\/lab\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  test('ends after eight hours without use, and after twenty-four with', async () => {
    const cookie = await lab.logIn();
    clock.advance(8 * 3_600_000 + 1);
    expect(await whoIs(cookie)).toEqual(NOBODY);
    const used = await lab.logIn();
    for (let hour = 0; hour < 24; hour += 4) {
      expect(await whoIs(used)).toEqual(somebody('Grace'));
      clock.advance(4 * 3_600_000);
    }
    expect(await whoIs(used)).toEqual(somebody('Grace'));
    clock.advance(1);
    expect(await whoIs(used)).toEqual(NOBODY);
  });

  test('logging out ends its connections at once, and no others', async () => {
    const [one, other] = [await lab.logIn(), await lab.logIn()];
    const [here, there] = [await lab.teach(one), await lab.teach(other)];
    // The clock stands still meanwhile: no timer is waited for.
    await lab.post('api/logout', {}, { cookie: one });
    await here.gone();
    expect(here.all('session:ended')).toHaveLength(1);
    expect(await there.ask('classrooms:list', {})).toEqual({ ok: true, value: [] });
  });

  test('a new password ends all of the account, with their connections; the browser that set it goes on', async () => {
    const [one, other] = [await lab.logIn(), await lab.logIn()];
    const [here, there] = [await lab.teach(one), await lab.teach(other)];
    const bystander = await lab.teach(await lab.logIn('Ada'));
    const change = (old: string, cookie: string) =>
      lab.post('api/password', { old, new: 'another good one' }, { cookie });
    expect(await change(PASSWORD, '')).toMatchObject(refused(401, 'session/required'));
    expect(await change('wrong', one)).toMatchObject(refused(401, 'login/wrong'));
    const changed = await change(PASSWORD, one);
    expect(changed.status).toBe(200);
    await Promise.all([here.gone(), there.gone()]);
    expect(await whoIs(one)).toEqual(NOBODY);
    expect(await whoIs(other)).toEqual(NOBODY);
    expect(await whoIs(cookieOf(changed))).toEqual(somebody('Grace'));
    expect(bystander.socket.connected).toBe(true);
    expect((await logIn('Grace', PASSWORD)).status).toBe(401);
    expect((await logIn('Grace', 'another good one')).status).toBe(200);
  });
});

describe('an invitation', () => {
  test('makes one more instructor, once, who sees their own classrooms only', async () => {
    const cookie = await lab.logIn('Grace');
    expect(await lab.post('api/invites', {})).toMatchObject(refused(401, 'session/required'));
    const { body } = await lab.post<{ url: string; expiresAt: number }>('api/invites', {}, { cookie });
    const { url, expiresAt } = body.ok ? body.value : { url: '', expiresAt: 0 };
    expect(url.startsWith(`${lab.url}/setup?token=`)).toBe(true);
    expect(expiresAt).toBe(clock.now() + 30 * 60_000);
    expect(await lab.setUp(url, 'GRACE')).toMatchObject(refused(409, 'name/taken'));
    const ada = cookieOf(await lab.setUp(url, 'Ada'));
    expect(await lab.setUp(url, 'Eve')).toMatchObject(GONE);

    const [hers, mine] = [await lab.teach(ada), await lab.teach(cookie)];
    const { classroomId } = await hers.do('classroom:open', { id: 'open' });
    expect(await mine.do('classrooms:list', {})).toEqual([]);
    expect(await mine.ask('classroom:watch', { classroomId })).toMatchObject({
      error: { code: 'classroom/not-found' },
    });
    expect(await hers.do('classrooms:list', {})).toHaveLength(1);
  });
});

describe('reset-admin', () => {
  // The command line has the machine's clock.
  beforeEach(async () => {
    await lab.stop();
    clock = new ManualClock(Date.now());
    lab = await startLab({ clock });
  });
  const reset = async (...args: string[]) => {
    const out: string[] = [];
    const said: string[] = [];
    const status = await resetAdmin(
      ['--data', lab.dataDir, ...args],
      (line) => out.push(line),
      (line) => said.push(line),
    );
    return { status, link: out.join('\n'), said: said.join('\n') };
  };

  test('prints a one-use link while the server runs, and its use ends the old password and its sessions', async () => {
    const cookie = await lab.logIn();
    // Without a name the oldest account is meant, so one must be older.
    clock.advance(1);
    await lab.logIn('Ada');
    const connected = await lab.teach(cookie);
    await lab.app.store.settings.set('url', 'http://192.168.1.23:3000');
    const { status, link } = await reset();
    expect(status).toBe(0);
    expect(link).toMatch(/^http:\/\/192\.168\.1\.23:3000\/setup\?token=[\w-]{43}$/);
    expect(await lab.post('api/setup/check', { token: tokenIn(link) })).toMatchObject({
      body: { value: { kind: 'reset', name: 'Grace' } },
    });
    expect(await lab.setUp(link, 'Grace', 'a new one, remembered')).toMatchObject({ status: 200 });
    await connected.gone();
    expect(await whoIs(cookie)).toEqual(NOBODY);
    expect((await logIn('Grace', PASSWORD)).status).toBe(401);
    expect((await logIn('Grace', 'a new one, remembered')).status).toBe(200);
    expect((await logIn('Ada', PASSWORD)).status).toBe(200);
    expect(await lab.setUp(link, 'Grace', 'a newer one, remembered')).toMatchObject(GONE);
  });

  test('of another instructor by name; of nobody says so', async () => {
    await lab.logIn('Grace');
    await lab.logIn('Ada');
    const { link } = await reset('--name', 'ada');
    expect(await lab.post('api/setup/check', { token: tokenIn(link) })).toMatchObject({
      body: { value: { kind: 'reset', name: 'Ada' } },
    });
    expect(await reset('--name', 'Eve')).toMatchObject({ status: 1, link: '' });
    expect(await reset('--data', join(lab.dataDir, 'elsewhere'))).toMatchObject({ status: 1, link: '' });
    expect(await reset('--nonsense')).toMatchObject({ status: 2, link: '' });
  });

  test('before anybody has an account is the first link once more', async () => {
    const { link } = await reset();
    expect(await lab.setUp(link)).toMatchObject({ status: 200 });
  });
});

test("the addresses for the QR code are the instructor's to see", async () => {
  const cookie = await lab.logIn();
  expect((await fetch(`${lab.url}/api/addresses`)).status).toBe(401);
  const reply = await fetch(`${lab.url}/api/addresses`, { headers: { cookie } });
  expect(await reply.json()).toEqual({ ok: true, value: { urls: [lab.url] } });
});
