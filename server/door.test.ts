import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cookieOf, PASSWORD, startLab, tokenIn, type Lab, type Teacher } from './app.testing.ts';
import { ManualClock } from './clock.testing.ts';
import { closed, connectTcp, until } from './raw-client.testing.ts';

let clock: ManualClock;
let lab: Lab;
beforeEach(async () => {
  clock = new ManualClock();
  lab = await startLab({ clock });
});
afterEach(() => lab.stop());

const NOT_FOUND = { ok: false, error: { code: 'classroom/not-found' } };

describe('joining', () => {
  let teacher: Teacher;
  let classroomId: string;
  let code: string;
  beforeEach(async () => {
    teacher = await lab.teach(await lab.logIn());
    ({ classroomId } = await teacher.do('classroom:open', { id: 'open' }));
    ({ code } = (await teacher.do('classroom:watch', { classroomId })).view);
  });
  const tryJoin = (typed: string, name: string) =>
    clock.passUntil(lab.post<{ token: string }>('api/join', { code: typed, name }));

  test('needs a code and a name; the code is six of 31 characters, however it is typed', async () => {
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{6}$/);
    const spaced = `  ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `;
    const { body } = await tryJoin(spaced, '  王伟 ');
    expect(body).toMatchObject({ ok: true, value: { classroomId } });
    const { view } = await teacher.do('classroom:watch', { classroomId });
    expect(view.people.map(({ name }) => name)).toEqual(['王伟']);
  });

  test('a name that is taken, empty or too long is refused with the reason', async () => {
    await tryJoin(code, 'Ana');
    expect(await tryJoin(code, 'ANA')).toMatchObject({
      status: 409,
      body: { error: { code: 'name/taken' } },
    });
    expect(await tryJoin(code, ' ')).toMatchObject({ body: { error: { code: 'name/empty' } } });
    expect(await tryJoin(code, 'x'.repeat(25))).toMatchObject({ body: { error: { code: 'name/too-long' } } });
  });

  test('wrong, locked and closed look and take the same', async () => {
    /**
     * The clock moves by a millisecond for each turn of the event loop, and the world takes its own: the
     * least of a few tries.
     */
    const took = async (typed: string) => {
      const tries: number[] = [];
      for (let i = 0; i < 4; i++) {
        const before = clock.now();
        const reply = await tryJoin(typed, 'Ana');
        expect([reply.status, reply.body]).toEqual([404, NOT_FOUND]);
        tries.push(clock.now() - before);
      }
      return Math.min(...tries);
    };
    const times = [await took('QQQQQQ'), await took('not a code')];
    await teacher.do('classroom:command', { classroomId, id: 'l', command: { type: 'lock', locked: true } });
    times.push(await took(code));
    await teacher.do('classroom:command', { classroomId, id: 'c', command: { type: 'close' } });
    times.push(await took(code));
    for (const ms of times) expect(Math.abs(ms - times[0]!)).toBeLessThan(100);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(150);
  });

  test('a whole class behind one address gets in', async () => {
    const joined = await Promise.all(
      Array.from({ length: 300 }, (_, i) => lab.post('api/join', { code, name: `Student ${i}` })),
    );
    expect(joined.filter(({ status }) => status === 200)).toHaveLength(300);
  });

  test('who guesses is slowed down, not locked out, and so is nobody who comes back', async () => {
    const { token } = await lab.join(code, 'Early');
    const guesses = Array.from({ length: 30 }, (_, i) =>
      lab.post('api/join', { code: `AAAA${i}`, name: 'x' }),
    );
    await clock.passUntil(Promise.all(guesses));
    // However much of its time the burst took: this one waits its turn, and what comes next has to wait
    // again.
    await tryJoin('AAAAAA', 'x');
    const before = clock.now();
    expect((await tryJoin(code, 'Late')).status).toBe(200);
    expect(clock.now() - before).toBeGreaterThan(1000);
    expect((await lab.play(token)).socket.connected).toBe(true);
  });

  test('who has gone before their turn came does not join', async () => {
    const guesses = Array.from({ length: 30 }, () => lab.post('api/join', { code: 'AAAAAA', name: 'x' }));
    await clock.passUntil(Promise.all(guesses));
    const accepted = new Promise<Socket>((resolve) => void lab.app.server.once('connection', resolve));
    const tcp = connectTcp(lab.url);
    const body = JSON.stringify({ code, name: 'Gone' });
    const { timers } = clock;
    tcp.write(
      `POST /api/join HTTP/1.1\r\nHost: lab\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    const served = await accepted;
    await until(() => clock.timers > timers);
    tcp.destroy();
    await closed(served);
    // Whoever asks next is let in after everybody before them.
    expect((await tryJoin(code, 'Here')).status).toBe(200);
    const { view } = await teacher.do('classroom:watch', { classroomId });
    expect(view.people.map(({ name }) => name)).toEqual(['Here']);
  });

  test('of guesses from one address, twenty a minute are looked at once the first twenty are used up', async () => {
    const startedAt = clock.now();
    let looked = 0;
    const guess = async (): Promise<void> => {
      while (clock.now() - startedAt < 120_000) {
        const { status } = await lab.post('api/join', { code: 'AAAAAA', name: 'x' });
        if (status === 404) looked += 1;
      }
    };
    await clock.passUntil(Promise.all(Array.from({ length: 8 }, guess)), 20);
    expect(looked).toBeGreaterThan(20);
    expect(looked).toBeLessThanOrEqual(20 + 40 + 8);
  });

  test('what is not a code and a name is refused', async () => {
    for (const body of [
      null,
      [],
      {},
      { code },
      { code, name: 7 },
      { code, name: 'x', admin: true },
      { code: ['a'], name: 'x' },
    ]) {
      expect(await lab.post('api/join', body)).toMatchObject({
        status: 400,
        body: { error: { code: 'message/invalid' } },
      });
    }
    const huge = await lab.post('api/join', { code, name: 'x'.repeat(70_000) });
    expect(huge.status).toBe(413);
  });
});

test('nothing that tells who is here or lets anyone in gets into the log', async () => {
  const lines: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (line: string) => lines.push(String(line)) > 0;
  const secrets: string[] = ['Canary'];
  try {
    await lab.stop();
    lab = await startLab({ clock }, { logLevel: 'trace' });
    const link = (await lab.app.instructorLink())!;
    await fetch(`${lab.url}/${link}`);
    const cookie = cookieOf(await lab.setUp(link, 'Canary Teacher'));
    await lab.post('api/login', { name: 'Canary Teacher', password: `${PASSWORD} wrong` });
    const teacher = await lab.teach(cookie);
    const { classroomId } = await teacher.do('classroom:open', { id: 'open' });
    const { code } = (await teacher.do('classroom:watch', { classroomId })).view;
    const students = [{ name: 'Canary Roster', pin: '86420975' }];
    await lab.setRoster(cookie, classroomId, students);
    const me = await lab.join(code, 'Canary');
    const { url } = await teacher.do('classroom:rejoin-link', { classroomId, id: 'r', player: me.playerId });
    const { url: screenUrl } = await teacher.do('screen:link', { classroomId, id: 's' });
    const { joinUrl } = (await teacher.do('classroom:watch', { classroomId })).view;
    const links = [url, screenUrl, joinUrl].map((one) => new URL(one).hash.slice(1));
    await lab.post('api/rejoin', { link: `${links[0]!}x` });
    await lab.post('api/screen', { link: links[1] });
    await lab.post('api/join', { code, name: 'Canary Roster', pin: '86420975', secret: links[2] });
    await fetch(`${lab.url}/join/${code}`);
    await lab.post('api/join', { code, name: 'Canary' });
    await (await lab.play(me.token)).do('classroom:watch', {});
    secrets.push(
      ...links,
      '86420975',
      tokenIn(link),
      PASSWORD,
      cookie.split('=')[1]!,
      code,
      me.token,
      '127.0.0.1',
    );
  } finally {
    process.stdout.write = write;
  }
  const log = lines.join('').replace(/Server listening[^"]*/g, '');
  expect(log).toContain('/api/join');
  for (const secret of secrets) expect(log).not.toContain(secret);
});

describe('under a base path', () => {
  let client: string;
  beforeEach(async () => {
    client = mkdtempSync(join(tmpdir(), 'lab-client-'));
    writeFileSync(join(client, 'index.html'), '<!doctype html><base href="/" /><title>Lab</title>');
    await lab.stop();
    lab = await startLab({ clock, client: { dir: client } }, { basePath: '/lab' });
  });
  afterEach(() => rmSync(client, { recursive: true }));

  test('pages, routes, sockets and health are there, and nowhere else', async () => {
    const root = new URL('/', lab.url).origin;
    const page = await fetch(`${lab.url}/join/ABCDEF`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('<base href="/lab/" />');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    expect(page.headers.get('content-security-policy')).not.toMatch(/unsafe|upgrade-insecure/);
    const anything = await fetch(`${lab.url}/`, { headers: { accept: '*/*' } });
    expect(anything.headers.get('content-type')).toMatch(/^text\/html/);
    expect((await fetch(`${lab.url}/nothing`, { headers: { accept: '*/*' } })).status).toBe(404);
    expect((await fetch(`${lab.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${lab.url}/readyz`)).status).toBe(200);
    expect((await fetch(`${root}/healthz`)).status).toBe(404);
    const { body } = await lab.post<{ token: string }>('api/practice', {});
    if (!body.ok) throw new Error(body.error.code);
    expect((await lab.play(body.value.token)).socket.connected).toBe(true);
    await expect(lab.play(body.value.token, { path: '/socket.io/' })).rejects.toThrow();
  });
});

test('connections are counted by the address that a trusted proxy saw, and by nothing that anybody else says', async () => {
  const statuses = async (trustProxy: readonly string[], ...forwarded: readonly string[]) => {
    await lab.stop();
    lab = await startLab({ clock, limits: { handshakes: { burst: 1, perS: 1 } } }, { trustProxy });
    const all: number[] = [];
    for (const addresses of forwarded) {
      const headers = { 'x-forwarded-for': addresses };
      all.push((await fetch(`${lab.url}/socket.io/?EIO=4&transport=polling`, { headers })).status);
    }
    return all;
  };
  expect(await statuses(['10.9.9.9'], '1.2.3.4', '1.2.3.5')).toEqual([200, 403]);
  expect(await statuses(['loopback'], '1.2.3.4', '1.2.3.5')).toEqual([200, 200]);
  expect(await statuses(['loopback'], '6.6.6.1, 1.2.3.4', '6.6.6.2, 1.2.3.4')).toEqual([200, 403]);
});
