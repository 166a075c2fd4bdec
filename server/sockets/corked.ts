import type { Socket as TcpSocket } from 'node:net';
import type { Server, Socket } from 'socket.io';

/** What is used here of engine.io's transport over ws, and is not in its types. */
interface Transport {
  readonly name: string;
  readonly socket?: { readonly _socket?: TcpSocket };
  writable: boolean;
  send(packets: unknown): void;
}

interface Connection {
  readonly transport: unknown;
  readonly readyState: string;
  readonly writeBuffer: readonly unknown[];
  on(event: 'upgrade', listener: (transport: unknown) => void): void;
}

/** A connection, and whether it holds back what this turn of the event loop writes. */
interface Cork {
  readonly tcp: TcpSocket;
  closed: boolean;
}

let closed: Cork[] = [];
const corks = new WeakMap<object, Cork>();

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

/**
 * Puts a WebSocket frame among what this turn writes, past engine.io, whose way for a packet takes as long as
 * the system call itself. False: it has to take that way, because something waits there already.
 */
export function writeFrame(socket: Socket, frame: Buffer): boolean {
  const connection = socket.conn as unknown as Connection;
  const transport = connection.transport as Transport;
  const cork = corks.get(transport);
  if (!cork || connection.readyState !== 'open') return false;
  if (connection.writeBuffer.length > 0 || !transport.writable || !close(cork)) return false;
  cork.tcp.write(frame);
  return true;
}

/** Whether all that waits for this connection was written in this very turn: it may be a lot, and says nothing of how its client reads. */
export function holdsBack({ conn }: Pick<Socket, 'conn'>): boolean {
  return corks.get((conn as unknown as Connection).transport as Transport)?.closed ?? false;
}

/** False: something from an earlier turn is still on its way. */
function close(cork: Cork): boolean {
  if (cork.closed) return true;
  if (cork.tcp.writableLength > 0) return false;
  cork.closed = true;
  cork.tcp.cork();
  if (closed.push(cork) === 1) setImmediate(openAll);
  return true;
}

function corkTransport(transport: Transport): void {
  const tcp = transport.socket?._socket;
  if (transport.name !== 'websocket' || !tcp) return;
  const send = transport.send.bind(transport);
  const cork: Cork = { tcp, closed: false };
  corks.set(transport, cork);
  transport.send = (packets) => {
    const together = close(cork);
    send(packets);
    // Otherwise engine.io waits until it is written.
    if (together) transport.writable = true;
  };
}
