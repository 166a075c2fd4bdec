import type { Socket as TcpSocket } from 'node:net';
import type { Server } from 'socket.io';

/** What is used here of engine.io's connection over ws, and is not in its types. */
interface Connection {
  readonly transport: {
    readonly socket: { readonly _socket: TcpSocket };
    writable: boolean;
    send(packets: unknown): void;
  };
}

/**
 * The plainest way to one write for each connection and turn of the event loop: the connection is corked at
 * the turn's first packet and uncorked after it. For servers that speak WebSocket alone, to clients that
 * read.
 */
export function plainCork(io: Server): void {
  io.engine.on('connection', ({ transport }: Connection) => {
    const tcp = transport.socket._socket;
    const send = transport.send.bind(transport);
    let corked = false;
    transport.send = (packets) => {
      if (!corked) {
        corked = true;
        tcp.cork();
        setImmediate(() => {
          corked = false;
          tcp.uncork();
        });
      }
      send(packets);
      // Otherwise engine.io waits until it is written.
      transport.writable = true;
    };
  });
}
