import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { expect, test } from 'vitest';
import { framesOf } from './frames-of.ts';

test.each([
  ['short', 'x'],
  ['as long as fits into seven bits, and one more', 'x'.repeat(99)],
  ['of two octets of length', 'x'.repeat(5000)],
  ['as long as fits into sixteen bits, and one more', 'x'.repeat(65_500)],
  ['of eight octets of length', 'x'.repeat(200_000)],
  ['not in English', '三次握手 👩‍🔧 é'.repeat(30)],
])('a message that is %s arrives as it was, over WebSocket and over polling', async (_, text) => {
  const http = createServer();
  const io = new Server(http, { maxHttpBufferSize: 1e6 });
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  io.on('connection', (served) => {
    for (const more of ['', 'y', 'yy', 'yyy']) {
      const packet = `2${JSON.stringify(['n', text + more])}`;
      const options = { wsPreEncodedFrame: [framesOf([`4${packet}`])] } as { compress?: boolean };
      served.conn.write(packet, options);
    }
    served.emit('end');
  });
  const { port } = http.address() as AddressInfo;
  for (const transport of ['websocket', 'polling']) {
    const browser = connect(`http://127.0.0.1:${port}`, { transports: [transport], forceNew: true });
    const heard: unknown[] = [];
    browser.on('n', (n) => heard.push(n));
    await new Promise<void>((resolve) => void browser.once('end', () => resolve()));
    expect(heard).toEqual(['', 'y', 'yy', 'yyy'].map((more) => text + more));
    browser.disconnect();
  }
  await io.close();
});
