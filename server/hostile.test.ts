import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Socket } from 'socket.io-client';
import { startLab, type Lab, type Student } from './app.testing.ts';
import { closed, connectTcp } from './raw-client.testing.ts';

let lab: Lab;
let code: string;
let healthy: Student;
const crashes: unknown[] = [];
const onCrash = (error: unknown) => void crashes.push(error);

beforeAll(async () => {
  // The test runner would hide what ends a real process.
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);
  lab = await startLab({}, { logLevel: 'silent' });
  const teacher = await lab.teach(await lab.logIn());
  const { classroomId } = await teacher.do('classroom:open', { id: 'open' });
  ({ code } = (await teacher.do('classroom:watch', { classroomId })).view);
  healthy = await lab.play((await lab.join(code, 'Healthy')).token);
});
afterAll(async () => {
  // Whatever was done below: the others never noticed.
  expect((await healthy.do('classroom:watch', {})).me.name).toBe('Healthy');
  expect(crashes).toEqual([]);
  process.off('uncaughtException', onCrash);
  process.off('unhandledRejection', onCrash);
  await lab.stop();
});

let guests = 0;
let guest: Student;
let socket: Socket;
beforeEach(async () => {
  guest = await lab.play((await lab.join(code, `Guest ${++guests}`)).token);
  socket = guest.socket;
});

const ask = (message: string, ...args: unknown[]): Promise<unknown> =>
  socket.timeout(2000).emitWithAck(message, ...args);
const INVALID = { ok: false, error: { code: 'message/invalid' } };

describe('a message is refused, and the connection lives, when its payload is', () => {
  const watch = 'table:watch';
  const seg = { seq: 1, ack: 0, flags: 2, wnd: 100, dataOctets: 0 };
  const send = (over: object) => ({
    tableId: 't',
    id: 'c',
    command: { type: 'send', seg: { ...seg, ...over } },
  });
  test.each<[string, string, unknown]>([
    ['nothing', watch, null],
    ['a number', watch, 7],
    ['a text', watch, 'tableId'],
    ['a list', watch, [{ tableId: 't' }]],
    ['without the field', watch, {}],
    ['of the wrong type', watch, { tableId: 7 }],
    ['an object for a text', watch, { tableId: { toString: 'x' } }],
    ['empty', watch, { tableId: '' }],
    ['too long', watch, { tableId: 't'.repeat(65) }],
    ['of characters that no id has', watch, { tableId: 'a b' }],
    ['with more fields than it has', watch, { tableId: 't', extra: 1 }],
    ['with __proto__', watch, JSON.parse('{"tableId":"t","__proto__":{"admin":true}}')],
    ['with constructor', watch, { tableId: 't', constructor: { prototype: {} } }],
    ['octets', watch, Buffer.from('tableId')],
    ['octets inside', watch, { tableId: Buffer.from('t') }],
    ['a command of no kind', 'table:command', { tableId: 't', id: 'c', command: { type: 'win' } }],
    ['a number beyond 32 bits', 'table:command', send({ seq: 2 ** 32 })],
    ['a negative number', 'table:command', send({ ack: -1 })],
    ['half a number', 'table:command', send({ wnd: 0.5 })],
    ['flags beyond the octet', 'table:command', send({ flags: 256 })],
    ['a text nobody asked for', 'table:command', send({ text: 'x' })],
  ])('%s', async (_what, message, payload) => {
    expect(await ask(message, payload)).toEqual(INVALID);
    expect(await ask('clock:read', {})).toMatchObject({ ok: true });
  });

  test('missing, or there are several', async () => {
    expect(await ask(watch)).toEqual(INVALID);
    expect(await ask(watch, { tableId: 't' }, { tableId: 't' })).toEqual(INVALID);
  });
});

test('a message without an ack is handled like any other', async () => {
  socket.emit('classroom:watch', {});
  socket.emit('table:watch', null);
  socket.emit('table:watch');
  expect(await ask('clock:read', {})).toMatchObject({ ok: true });
});

test('what a student may not know of is not there', async () => {
  for (const tableId of ['nowhere', '__proto__', '0123456789ab_0123456789ab-1']) {
    expect(await ask('table:watch', { tableId })).toEqual({ ok: false, error: { code: 'table/not-found' } });
  }
});

test.each(['constructor', '__proto__', 'toString', 'classroom:open', 'error', '', 'long'.repeat(9)])(
  'an unknown message, %s, is answered, and the third ends the connection',
  async (message) => {
    expect(await ask(message, {})).toEqual(INVALID);
    expect(await ask(message, {})).toEqual(INVALID);
    socket.emit(message, {});
    await guest.gone();
  },
);

test('a flood is refused, then cut off; at most the burst is carried out', async () => {
  const replies: string[] = [];
  for (let i = 0; i < 200; i++) {
    socket.emit('clock:read', {}, (reply: { ok: boolean; error?: { code: string } }) =>
      replies.push(reply.ok ? 'ok' : reply.error!.code),
    );
  }
  await guest.gone();
  expect(replies.filter((reply) => reply === 'ok').length).toBeLessThanOrEqual(22);
  expect(new Set(replies)).toEqual(new Set(['ok', 'message/too-fast']));
});

test('a second connection does not double what a student may ask', async () => {
  const { token } = socket.auth as { token: string };
  for (let i = 0; i < 20; i++) await ask('clock:read', {});
  const again = await lab.play(token);
  expect(await again.ask('clock:read', {})).toEqual({ ok: false, error: { code: 'message/too-fast' } });
});

test('a message of more than 16 KB ends the connection', async () => {
  socket.emit('table:watch', { tableId: 'x'.repeat(20_000) });
  await guest.gone();
});

test.each([
  '42[',
  '42{}',
  '42[null]',
  '42',
  '42["__proto__",1]',
  '45{}',
  '451-["a",{"_placeholder":true,"num":9}]',
  '4',
  '9',
  '2',
  '42/admin,["x"]',
  '429999999999999["clock:read",{}]',
  '3',
  '\u0000',
])('a raw packet %j does no harm', async (packet) => {
  const { engine } = socket.io;
  const written = new Promise<void>((resolve) => engine.once('flush', () => resolve()));
  (engine as unknown as { transport: { ws: { send(text: string): void } } }).transport.ws.send(packet);
  socket.emit('clock:read', {});
  await written;
  expect((await healthy.do('classroom:watch', {})).me.name).toBe('Healthy');
});

test('a client of an older Socket.IO is told so in HTTP, over both transports', async () => {
  const path = '/socket.io/?EIO=3&transport=';
  expect(await (await fetch(`${lab.url}${path}polling`)).text()).toContain('Unsupported protocol version');
  const tcp = connectTcp(lab.url);
  let heard = '';
  tcp.on('data', (data) => (heard += String(data)));
  tcp.write(
    `GET ${path}websocket HTTP/1.1\r\nHost: lab\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await closed(tcp);
  expect(heard).toMatch(/^HTTP\/1\.1 400 [^]*Unsupported protocol version$/);
});

test('namespaces that there are not let nobody in', async () => {
  for (const namespace of ['/', '/admin', '/screen']) {
    await expect(lab.connect(namespace)).rejects.toThrow(/session\/required|Invalid namespace/);
  }
});
