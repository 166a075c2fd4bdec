import type { Socket as TcpSocket } from 'node:net';
import type { Server, Socket as ServerSocket } from 'socket.io';
import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientFrame } from './client-frame.testing.ts';
import { connected } from './connected.testing.ts';
import { hearStraight } from './straight.ts';

let io: Server;
let browser: Socket;
let served: ServerSocket;
/** The browser's end, for what its own library would not send. */
let tcp: TcpSocket;
let heard: unknown[][];
let hearsTheLast: () => void;
/** How many messages took the long way. */
let longWay: number;

beforeEach(async () => {
  ({ io, browser, served } = await connected('/play'));
  tcp = (browser.io.engine.transport as unknown as { ws: { _socket: TcpSocket } }).ws._socket;
  heard = [];
  longWay = 0;
  served.conn.on('data', () => longWay++);
  hear(served);
});

afterEach(async () => {
  browser.disconnect();
  await io.close();
});

/** As it is heard by either way. */
function hear(socket: ServerSocket): void {
  const note = (args: unknown[]): void => {
    if (args[0] === 'the last') hearsTheLast();
    else heard.push(args);
  };
  socket.onAny((...args: unknown[]) =>
    note(args.map((arg) => (typeof arg === 'function' ? 'to be answered' : arg))),
  );
  hearStraight(socket, (args, id) => note(id === null ? [...args] : [...args, 'to be answered']));
}

/** Each is read by itself. */
async function write(...pieces: readonly Buffer[]): Promise<void> {
  const { _socket: reader } = (served.conn.transport as unknown as { socket: { _socket: TcpSocket } }).socket;
  for (const piece of pieces) {
    const before = reader.bytesRead;
    tcp.write(piece);
    while (reader.bytesRead === before) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** All that was heard, once the last message of those sent so far is. */
async function all(): Promise<unknown[][]> {
  const last = new Promise<void>((resolve) => {
    hearsTheLast = resolve;
  });
  tcp.write(clientFrame('42/play,["the last"]'));
  await last;
  return heard;
}

test('what is ordinary is heard where it was read, in order, and whether it is to be answered', async () => {
  const texts = [
    '42/play,["a",1]',
    `42/play,7["b",{"c":[null,"${'x'.repeat(500)}"]}]`,
    '42/play,["constructor"]',
  ];
  tcp.write(Buffer.concat(texts.map((text) => clientFrame(text))));
  expect(await all()).toEqual([
    ['a', 1],
    ['b', { c: [null, 'x'.repeat(500)] }, 'to be answered'],
    ['constructor'],
  ]);
  expect(longWay).toBe(0);
});

/** Ordinary ones between others, and what is heard of them. */
const ODD: readonly (readonly [Buffer, unknown[] | null])[] = [
  [clientFrame('42/play,1["a",1]'), ['a', 1, 'to be answered']],
  [clientFrame('42/play,["b","é"]'), ['b', 'é']],
  [clientFrame('42/play,["c",2]'), ['c', 2]],
  [clientFrame('451-/play,["d",{"_placeholder":true,"num":0}]'), ['d', Buffer.of(7)]],
  [clientFrame(Buffer.of(7), { first: 0x82 }), null],
  [clientFrame('42/play,["e",3]'), ['e', 3]],
  [clientFrame(`42/play,["f","${'x'.repeat(9000)}"]`), ['f', 'x'.repeat(9000)]],
  [clientFrame('', { first: 0x89 }), null],
  [clientFrame('42/play,["g",4]'), ['g', 4]],
  [clientFrame('42/play,["h",', { first: 0x01 }), ['h', 5]],
  [clientFrame('', { first: 0x89 }), null],
  [clientFrame('5]', { first: 0x80 }), null],
  [clientFrame('42/play,["i",6]'), ['i', 6]],
];
const ODD_OCTETS = Buffer.concat(ODD.map(([frame]) => frame));
const ODD_HEARD = ODD.flatMap(([, args]) => (args ? [args] : []));

test('what is not takes the long way, and nothing overtakes anything', async () => {
  await write(...ODD.map(([frame]) => frame));
  expect(await all()).toEqual(ODD_HEARD);
  expect(longWay).toBeGreaterThan(0);
});

test.each([1, 2, 7, 64, 1000, ODD_OCTETS.length])(
  'it does not matter in which pieces it is read: %i octets',
  async (size) => {
    for (let at = 0; at < ODD_OCTETS.length; at += size) await write(ODD_OCTETS.subarray(at, at + size));
    expect(await all()).toEqual(ODD_HEARD);
  },
);

test('nor if several pieces are read before the first is handed out', async () => {
  const { _socket: reader } = (served.conn.transport as unknown as { socket: { _socket: TcpSocket } }).socket;
  reader.pause();
  await write(...ODD.map(([frame]) => frame));
  reader.resume();
  expect(await all()).toEqual(ODD_HEARD);
});

test.each([
  ['a name that Socket.IO keeps for itself', '42/play,1["disconnect"]'],
  ['no JSON', '42/play,1[oops'],
  ['no list', '42/play,1{"a":1}'],
  ['no name', '42/play,1[null]'],
])('%s ends the connection, as ever', async (_, text) => {
  const end = new Promise((resolve) => served.once('disconnect', resolve));
  tcp.write(clientFrame(text));
  await end;
  expect(heard).toEqual([]);
});

const SMUGGLED = clientFrame('42/play,["smuggled"]');

test.each([
  ['within a message of several frames', clientFrame('42/play,["a",', { first: 0x01 })],
  ['behind the first octet of another frame', Buffer.of(0x82)],
  ['before the bytes of the message before', clientFrame('451-/play,["a",{"_placeholder":true,"num":0}]')],
])('what looks ordinary ends the connection %s', async (_, before) => {
  const end = new Promise((resolve) => served.once('disconnect', resolve));
  await write(before, SMUGGLED);
  await end;
  expect(heard).toEqual([]);
});

test('what looks ordinary within a frame is what that frame holds', async () => {
  // Masked with zeros, so that its octets stand there as they are.
  const end = new Promise((resolve) => served.once('disconnect', resolve));
  await write(Buffer.of(0x81, 0x80 | (4 + SMUGGLED.length), 0, 0, 0, 0), SMUGGLED, Buffer.from('rest'));
  await end;
  expect(heard).toEqual([]);
});

test('one that comes while the server waits for a sign of life is one', async () => {
  const { conn } = served as unknown as {
    conn: { pingTimeoutTimer: unknown; hasRefreshedPingTimeout: boolean };
  };
  conn.pingTimeoutTimer = setTimeout(() => {}, 60_000);
  conn.hasRefreshedPingTimeout = false;
  tcp.write(clientFrame('42/play,["a"]'));
  expect(await all()).toEqual([['a']]);
  expect(conn.hasRefreshedPingTimeout).toBe(true);
});

test('a namespace that was left hears nothing more, and hears once when it is entered again', async () => {
  for (let round = 0; round < 3; round++) {
    const gone = new Promise((resolve) => served.once('disconnect', resolve));
    tcp.write(clientFrame('41/play,'));
    await gone;
    const came = new Promise<ServerSocket>((resolve) => io.of('/play').once('connection', resolve));
    tcp.write(clientFrame('40/play,'));
    hear(await came);
    served = await came;
  }
  longWay = 0;
  tcp.write(clientFrame('42/play,["a",1]'));
  expect(await all()).toEqual([['a', 1]]);
  expect(longWay).toBe(0);
});
