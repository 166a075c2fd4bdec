import { connect as connectTcp } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLab, type Lab } from './app.testing.ts';
import { isOwnOrigin } from './origins.ts';

describe('an own origin', () => {
  const own = ['https://lab.example.org/base', 'http://192.168.1.20:3000'];
  test.each([
    ['https://lab.example.org', 'other:1'],
    ['http://192.168.1.20:3000', 'other:1'],
    ['http://school.local:3000', 'school.local:3000'],
    ['https://behind-a-proxy.example', 'behind-a-proxy.example'],
  ])('is %s when %s is asked', (origin, host) => {
    expect(isOwnOrigin({ origin, host }, own)).toBe(true);
  });

  test.each([
    [undefined, '192.168.1.20:3000'],
    ['null', '192.168.1.20:3000'],
    ['', ''],
    ['http://evil.example', '192.168.1.20:3000'],
    ['http://lab.example.org', '192.168.1.20:3000'], // not its scheme
    ['https://lab.example.org:444', '192.168.1.20:3000'],
    ['https://lab.example.org.evil.example', '192.168.1.20:3000'],
    ['http://192.168.1.20:3001', '192.168.1.20:3000'],
    ['http://192.168.1.20', '192.168.1.20:3000'],
    ['file://192.168.1.20:3000', '192.168.1.20:3000'],
    ['http://192.168.1.20:3000/path', '192.168.1.20:3000'],
    ['http://192.168.1.20:3000, http://evil.example', '192.168.1.20:3000'],
  ])('is not %s when %s is asked', (origin, host) => {
    expect(isOwnOrigin({ origin, host }, own)).toBe(false);
  });
});

describe('over the wire', () => {
  let lab: Lab;
  let cookie: string;
  let token: string;

  beforeAll(async () => {
    lab = await startLab({}, { publicUrl: 'https://lab.example.org' });
    cookie = await lab.logIn();
    const { body } = await lab.post<{ token: string }>('api/practice', {});
    if (!body.ok) throw new Error(body.error.code);
    token = body.value.token;
  });
  afterAll(() => lab.stop());

  const origins = (): [string, string | undefined, boolean][] => [
    ['the public URL', 'https://lab.example.org', true],
    ['the host that is asked', lab.url, true],
    ['a foreign page', 'http://evil.example', false],
    ['null', 'null', false],
    ['no origin', undefined, true],
  ];
  const transports = ['websocket', 'polling'] as const;
  const matrix = transports.flatMap((transport) => [0, 1, 2, 3, 4].map((which) => ({ transport, which })));

  test.each(matrix)('a student with a token: $transport, origin $which', async ({ transport, which }) => {
    const [, origin, allowed] = origins()[which]!;
    const extraHeaders: Record<string, string> = origin === undefined ? {} : { origin };
    const playing = lab.play(token, { transports: [transport], extraHeaders });
    if (allowed) expect((await playing).socket.connected).toBe(true);
    else await expect(playing).rejects.toThrow();
  });

  test.each(matrix)(
    'an instructor with a cookie: $transport, origin $which',
    async ({ transport, which }) => {
      const [what, origin, allowed] = origins()[which]!;
      const extraHeaders: Record<string, string> = { cookie, ...(origin !== undefined && { origin }) };
      const teaching = lab.teach(cookie, { transports: [transport], extraHeaders });
      // A cookie comes along whoever made the page, so no origin at all will not do.
      if (allowed && what !== 'no origin') expect((await teaching).socket.connected).toBe(true);
      else await expect(teaching).rejects.toThrow();
    },
  );

  test('over polling a browser names its origin only when it sends: that is enough', async () => {
    const path = `${lab.url}/socket.io/?EIO=4&transport=polling`;
    const { sid } = JSON.parse((await (await fetch(path, { headers: { cookie } })).text()).slice(1)) as {
      sid: string;
    };
    const post = (origin: string) =>
      fetch(`${path}&sid=${sid}`, {
        method: 'POST',
        headers: { cookie, origin, 'content-type': 'text/plain' },
        body: '40/teach,',
      });
    expect((await post('http://evil.example')).status).toBe(400);
    expect((await post(lab.url)).status).toBe(200);
    const reply = await (await fetch(`${path}&sid=${sid}`, { headers: { cookie } })).text();
    expect(reply).toMatch(/^40\/teach,\{"sid"/);
  });

  test('a foreign page cannot upgrade a connection that another one began', async () => {
    const polling = `${lab.url}/socket.io/?EIO=4&transport=polling`;
    const { sid } = JSON.parse((await (await fetch(polling)).text()).slice(1)) as { sid: string };
    const { hostname, port } = new URL(lab.url);
    const raw = connectTcp(Number(port), hostname);
    raw.write(
      [
        `GET /socket.io/?EIO=4&transport=websocket&sid=${sid} HTTP/1.1`,
        `Host: ${hostname}:${port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Origin: http://evil.example',
        '\r\n',
      ].join('\r\n'),
    );
    const answer = await new Promise<string>((resolve) => raw.once('data', (data) => resolve(String(data))));
    raw.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
  });

  test.each(['api/join', 'api/practice', 'api/setup', 'api/logout'])(
    'a foreign page cannot POST to %s',
    async (path) => {
      for (const headers of [
        { origin: 'http://evil.example' },
        { origin: 'null' },
        { origin: lab.url, 'sec-fetch-site': 'cross-site' },
        { origin: lab.url, 'sec-fetch-site': 'same-site' },
      ] as Record<string, string>[]) {
        const { status, body } = await lab.post(path, {}, { ...headers, cookie });
        expect([status, body]).toEqual([403, { ok: false, error: { code: 'origin/foreign' } }]);
      }
      const form = { origin: lab.url, 'content-type': 'text/plain' };
      expect((await lab.post(path, {}, form)).status).toBe(415);
    },
  );

  test('this machine’s addresses are own ones, too', async () => {
    const lan = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal);
    await lab.stop();
    lab = await startLab({}, { host: '0.0.0.0' });
    const { port } = new URL(lab.url);
    for (const host of ['localhost', ...(lan ? [lan.address] : [])]) {
      const socket = await lab.connect('/play', {
        auth: { token: await practiceToken() },
        extraHeaders: { origin: `http://${host}:${port}` },
      });
      expect(socket.connected).toBe(true);
    }
  });

  async function practiceToken(): Promise<string> {
    const { body } = await lab.post<{ token: string }>('api/practice', {});
    if (!body.ok) throw new Error(body.error.code);
    return body.value.token;
  }
});
