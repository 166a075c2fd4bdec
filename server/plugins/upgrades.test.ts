import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLab, type Lab } from '../app.testing.ts';
import { closed, connectTcp, pollingSid, rawClient } from '../raw-client.testing.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await startLab();
});
afterEach(() => lab.stop());

/** The whole reply: no second request is heard on the connection. */
async function replyTo(protocol: string, request: string, ...headers: string[]): Promise<string> {
  const [line = '', body = ''] = request.split('\n');
  const tcp = connectTcp(lab.url);
  let heard = '';
  tcp.on('data', (data) => (heard += String(data)));
  const asked = ['Host: lab', 'Connection: Upgrade, HTTP2-Settings', `Upgrade: ${protocol}`, ...headers];
  tcp.write([`${line} HTTP/1.1`, ...asked, '', body].join('\r\n'));
  await closed(tcp);
  return heard;
}

describe.each(['h2c', 'websocket'])('a request that asks for %s', (protocol) => {
  test('gets the answer that it gets without', async () => {
    const reply = await replyTo(protocol, 'GET /healthz', 'HTTP2-Settings: AAMAAABkAAQAAP__');
    expect(reply).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\{"status":"ok"\}$/);
  });

  test('may have a body', async () => {
    const join = 'POST /api/join\n{"code":"AAAAAA","name":""}';
    const length = `Content-Length: ${join.split('\n')[1]!.length}`;
    const reply = await replyTo(protocol, join, 'Content-Type: application/json', length);
    expect(reply).toMatch(/^HTTP\/1\.1 4\d\d [^]*\{"ok":false,"error":\{"code":"/);
    expect(reply).not.toContain('message/invalid');
  });
});

test.each<[string, () => Promise<unknown>]>([
  ['has said what nobody may', async () => (await stopsReading()).write(Buffer.of(0xff, 0x80, 0, 0, 0, 0))],
  ['is to take the place of long polling', async () => stopsReading(await pollingSid(lab.url))],
  [
    'was told to go',
    async () => {
      const tcp = await stopsReading();
      for (const socket of Object.values(clients())) socket.close();
      return tcp;
    },
  ],
])('a WebSocket that %s, and says no goodbye, does not hold up the end', async (_, come) => {
  await come();
  await lab.app.close();
});

async function stopsReading(sid?: string) {
  const { tcp } = await rawClient(lab.url, { ...(sid !== undefined && { sid }) });
  return tcp.pause();
}

const clients = () =>
  (lab.app.io.engine as unknown as { clients: Record<string, { close(): void }> }).clients;
