import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket as ServerSocket } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { corkWrites } from './corked.ts';

/** A connection over WebSocket, from its browser's end and from the server's. */
export interface Connected {
  readonly io: Server;
  readonly browser: Socket;
  readonly served: ServerSocket;
}

/** Both ends of one connection to a server of its own, which writes as the lab's does. */
export async function connected(namespace: string): Promise<Connected> {
  const http = createServer();
  const io = new Server(http);
  corkWrites(io);
  const came = new Promise<ServerSocket>((resolve) => void io.of(namespace).on('connection', resolve));
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const browser = connect(`http://127.0.0.1:${port}${namespace}`, {
    transports: ['websocket'],
    forceNew: true,
  });
  const served = await came;
  if (!browser.connected) await new Promise<void>((resolve) => void browser.once('connect', resolve));
  return { io, browser, served };
}
