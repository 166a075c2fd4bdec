import type { Socket as TcpSocket } from 'node:net';
import type { Server, Socket as ServerSocket } from 'socket.io';
import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connected } from './connected.testing.ts';
import { packetWriter } from './corked.ts';
import { dropIfStuck } from './emit.ts';

/** How Node may hand octets to the system. */
const WAYS = ['writev', 'writeBuffer', 'writeLatin1String', 'writeUtf8String'] as const;

let io: Server;
let browser: Socket;
let served: ServerSocket;
let writes: number;

beforeEach(async () => {
  ({ io, browser, served } = await connected('/'));
  const transport = served.conn.transport as unknown as { socket: { _socket: TcpSocket } };
  const tcp = transport.socket._socket as TcpSocket & {
    _handle: Record<(typeof WAYS)[number], (...args: unknown[]) => unknown>;
  };
  writes = 0;
  const handle = tcp._handle;
  for (const way of WAYS) {
    const write = handle[way].bind(handle);
    handle[way] = (...args) => {
      writes++;
      return write(...args);
    };
  }
});

afterEach(async () => {
  browser.disconnect();
  await io.close();
});

/** What the browser hears, up to the message `end`. */
function heard(): Promise<unknown[]> {
  const all: unknown[] = [];
  return new Promise((resolve) => {
    browser.on('n', (n) => all.push(n));
    browser.once('end', () => resolve(all));
  });
}

test('what is sent in one turn of the event loop is written at once, and in order', async () => {
  const hearing = heard();
  for (let n = 0; n < 50; n++) served.emit('n', n);
  served.emit('end');
  expect(await hearing).toEqual(Array.from({ length: 50 }, (_, n) => n));
  expect(writes).toBe(1);
});

test('what is not text takes the way of ws, in its order', async () => {
  const hearing = heard();
  served.emit('n', 1);
  served.emit('n', Buffer.from([2]));
  served.emit('n', 3);
  served.emit('end');
  expect(await hearing).toEqual([1, Buffer.from([2]), 3]);
});

test('an answer and what is sent after a promise leave together', async () => {
  served.on('ask', (ack: (reply: string) => void) => {
    served.emit('n', 1);
    void Promise.resolve().then(() => {
      ack('done');
      served.emit('end');
    });
  });
  const hearing = heard();
  expect(await browser.emitWithAck('ask')).toBe('done');
  expect(await hearing).toEqual([1]);
  expect(writes).toBe(1);
});

/** A message past Socket.IO. */
function write(...message: unknown[]): void {
  packetWriter(served)(`2${JSON.stringify(message)}`);
}

test.each([
  ['ASCII', ''],
  ['more than ASCII', '三次握手 é'],
])('frames and packets of %s keep their order, and leave together', async (_, text) => {
  const hearing = heard();
  for (let n = 0; n < 60; n += 2) {
    served.emit('n', `${n} ${text}`);
    write('n', `${n + 1} ${text}`);
  }
  write('end');
  expect(await hearing).toEqual(Array.from({ length: 60 }, (_, n) => `${n} ${text}`));
  expect(writes).toBe(1);
});

/**
 * Messages of so many octets, and how many of them are more than the network takes at once: some are written
 * as a string, some from a buffer.
 */
const MUCH = [
  [100_000, 200],
  [3000, 4000],
] as const;

test.each(MUCH)(
  'frames and packets of %i octets keep their order when the network is slower than they come',
  async (octets, count) => {
    const hearing = heard();
    const text = 'x'.repeat(octets);
    for (let n = 0; n < count; n++) {
      if (n % 3 === 0) served.emit('n', `${n} ${text}`);
      else write('n', `${n} ${text}`);
      if (n % (count / 10) === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    served.emit('end');
    expect(await hearing).toEqual(Array.from({ length: count }, (_, n) => `${n} ${text}`));
  },
);

test('a long answer does not make its client look stuck', async () => {
  const limits = { backlogPackets: 200, backlogOctets: 1000 };
  const hearing = heard();
  served.emit('n', 'x'.repeat(100_000));
  dropIfStuck(served.conn, limits);
  served.emit('end');
  dropIfStuck(served.conn, limits);
  expect(await hearing).toHaveLength(1);
  expect(served.connected).toBe(true);
});

test.each(MUCH)(
  'far more messages of %i octets than the network takes at once arrive whole and in order',
  async (octets, count) => {
    const hearing = heard();
    const text = 'x'.repeat(octets);
    for (let n = 0; n < count; n++) {
      served.emit('n', `${n} ${text}`);
      if (n % (count / 10) === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    served.emit('end');
    expect(await hearing).toEqual(Array.from({ length: count }, (_, n) => `${n} ${text}`));
  },
);

test('what was sent just before the end is still delivered', async () => {
  const hearing = heard();
  served.emit('n', 1);
  served.emit('end');
  served.disconnect(true);
  expect(await hearing).toEqual([1]);
});
