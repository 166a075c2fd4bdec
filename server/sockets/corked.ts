import type { Socket as TcpSocket } from 'node:net';
import type { Server } from 'socket.io';

/** What is used here of engine.io's transport over ws, and is not in its types. */
interface Transport {
  readonly name: string;
  readonly socket?: { readonly _socket?: TcpSocket };
  writable: boolean;
  send(packets: unknown): void;
}

interface Connection {
  readonly transport: unknown;
  on(event: 'upgrade', listener: (transport: unknown) => void): void;
}

/** A connection, and whether it holds back what this turn of the event loop writes. */
interface Cork {
  readonly tcp: TcpSocket;
  closed: boolean;
}

let closed: Cork[] = [];

function openAll(): void {
  const turn = closed;
  closed = [];
  for (const cork of turn) {
    cork.closed = false;
    cork.tcp.uncork();
  }
}

/**
 * One write for each connection and turn of the event loop, instead of one for each packet: a command's ack and view leave
 * together, and so do the views of all commands that were committed together. System calls are most of what a small
 * packet costs. To engine.io it looks as if everything were written at once, in the same order; what a client is too
 * slow to read waits in engine.io's own buffer as ever.
 */
export function corkWrites(io: Server): void {
  io.engine.on('connection', (connection: Connection) => {
    corkTransport(connection.transport as Transport);
    connection.on('upgrade', (transport) => corkTransport(transport as Transport));
  });
}

function corkTransport(transport: Transport): void {
  const tcp = transport.socket?._socket;
  if (transport.name !== 'websocket' || !tcp) return;
  const send = transport.send.bind(transport);
  const cork: Cork = { tcp, closed: false };
  transport.send = (packets) => {
    if (!cork.closed) {
      // Something from an earlier turn is still on its way: engine.io waits until it is written.
      if (tcp.writableLength > 0) {
        send(packets);
        return;
      }
      cork.closed = true;
      tcp.cork();
      if (closed.push(cork) === 1) setImmediate(openAll);
    }
    send(packets);
    transport.writable = true;
  };
}
