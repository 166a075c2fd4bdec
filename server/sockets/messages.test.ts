import type { Server, Socket as ServerSocket } from 'socket.io';
import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connected } from './connected.testing.ts';
import { onMessage, type OnMessage } from './messages.ts';

const LIMITS = { backlogPackets: 200, backlogOctets: 1 << 20 };

let io: Server;
let browser: Socket;
let served: ServerSocket;

beforeEach(async () => {
  ({ io, browser, served } = await connected('/play'));
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
