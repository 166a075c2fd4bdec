import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { plainCork } from './plain-cork.ts';
import { answerBench } from './measured.ts';

/*
 * The yardstick: Socket.IO with the lab's settings and nothing behind it. A command is answered and its view,
 * of the size of one of the lab's, goes to a room of four. No validation, no judge, no store.
 */

const VIEW = { now: 'n'.repeat(300), trace: 't'.repeat(150) };

const http = createServer();
const io = new Server(http, {
  serveClient: false,
  transports: ['websocket'],
  perMessageDeflate: false,
  httpCompression: false,
});
if (process.argv.includes('--corked')) plainCork(io);

io.of('/play').on('connection', (student) => {
  const { table } = student.handshake.auth as { table: string };
  void student.join(table);
  student.onAny((_message: string, _request: unknown, ack: (reply: unknown) => void) => {
    ack({ ok: true, value: null });
    io.of('/play')
      .to(table)
      .emit('table:view', { tableId: table, at: Date.now(), ...VIEW });
  });
});

http.listen(0, '127.0.0.1', () => answerBench({ port: (http.address() as AddressInfo).port }));
