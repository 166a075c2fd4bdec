import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket as ServerSocket } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { corkWrites } from './corked.ts';
import { onMessage, type OnMessage } from './messages.ts';

const LIMITS = { backlogPackets: 200, backlogOctets: 1 << 20 };

let io: Server;
let browser: Socket;
let served: ServerSocket;

beforeEach(async () => {
  const http = createServer();
  io = new Server(http);
  corkWrites(io);
  const came = new Promise<ServerSocket>((resolve) => void io.of('/play').on('connection', resolve));
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  browser = connect(`http://127.0.0.1:${port}/play`, { transports: ['websocket'], forceNew: true });
  served = await came;
});

afterEach(async () => {
  browser.disconnect();
  await io.close();
});

test('every message is heard, whatever it is called and holds, and only who asks is answered', async () => {
  const heard: unknown[] = [];
  const onEach: OnMessage = (args, answer) => {
    heard.push([...args, answer !== null]);
    answer?.({ ok: true, value: ['é', '世界', null] });
  };
  onMessage(served, LIMITS, onEach);
  browser.emit('quiet', 1);
  browser.emit('constructor');
  browser.emit('two', { a: [] }, 'b');
  browser.emit('bytes', Uint8Array.of(7));
  expect(await browser.emitWithAck('asks', { n: 2 })).toEqual({ ok: true, value: ['é', '世界', null] });
  expect(heard).toEqual([
    ['quiet', 1, false],
    ['constructor', false],
    ['two', { a: [] }, 'b', false],
    ['bytes', Buffer.of(7), false],
    ['asks', { n: 2 }, true],
  ]);
});

test('answers carry the number of what was asked, whenever they come', async () => {
  const waiting: (() => void)[] = [];
  onMessage(served, LIMITS, ([, n], answer) => void waiting.push(() => answer?.(n)));
  const replies = Promise.all([1, 2, 3].map((n) => browser.emitWithAck('asks', n)));
  while (waiting.length < 3) await new Promise((resolve) => setImmediate(resolve));
  for (const answer of waiting.reverse()) answer();
  expect(await replies).toEqual([1, 2, 3]);
});

test('nobody is answered any more once the connection has ended', async () => {
  const asked = new Promise<() => void>((resolve) => {
    onMessage(served, LIMITS, (_args, answer) => resolve(() => answer?.('late')));
  });
  const replies: unknown[] = [];
  browser.emit('asks', (reply: unknown) => replies.push(reply));
  const answer = await asked;
  const gone = new Promise((resolve) => served.once('disconnect', resolve));
  browser.disconnect();
  await gone;
  expect(answer).not.toThrow();
  expect(replies).toEqual([]);
});
