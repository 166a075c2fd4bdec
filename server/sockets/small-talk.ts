import type { Server } from 'socket.io';
import { Bucket } from '../bucket.ts';
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';
import { drop, type Dropped } from './drop.ts';
import { dropIfStuck } from './emit.ts';

/** What is used here of engine.io and ws, and is not in their types. */
interface Engine {
  on(event: 'connection', listener: (connection: Connection) => void): void;
  onWebSocket(request: unknown, tcp: unknown, ws: WebSocket): void;
}

interface Connection extends Dropped {
  on(event: 'packet', listener: (packet: Packet) => void): void;
  /** For each probe of a transport that may come instead of the present one. */
  on(event: 'upgrading', listener: (transport: { readonly socket: WebSocket }) => void): void;
}

interface Packet {
  readonly type: string;
  readonly data?: unknown;
}

interface WebSocket {
  readonly bufferedAmount: number;
  on(event: 'ping' | 'pong', listener: () => void): void;
  terminate(): void;
}

/** Socket.IO's packet types of messages, without binary data and with. */
const MESSAGES = ['2', '5'];

/**
 * Counts what `guard` does not see: heartbeats, pings, probes, entering and leaving namespaces. Much of it is
 * answered, unasked by the lab, also when nobody reads the answers; a connection that sends more of it than
 * any client needs is dropped.
 */
export function limitSmallTalk(io: Server, clock: Clock, limits: Limits): void {
  const engine = io.engine as unknown as Engine;
  engine.on('connection', (connection) => {
    const bucket = new Bucket(clock, limits.smallTalk);
    connection.on('packet', (packet) => {
      if (isMessage(packet)) return;
      if (bucket.take()) dropIfStuck(connection, limits);
      else drop(connection);
    });
    connection.on('upgrading', ({ socket }) => {
      if (bucket.take()) return;
      socket.terminate();
      // With the connection engine.io stops to answer what of the probes was read already.
      drop(connection);
    });
  });

  // Those that are to take the place of long polling belong to no connection yet.
  const onWebSocket = engine.onWebSocket.bind(engine);
  engine.onWebSocket = (request, tcp, ws) => {
    const bucket = new Bucket(clock, limits.smallTalk);
    const count = (): void => {
      if (!bucket.take() || ws.bufferedAmount > limits.backlogOctets) ws.terminate();
    };
    ws.on('ping', count);
    ws.on('pong', count);
    onWebSocket(request, tcp, ws);
  };
}

/** Binary data comes behind a message that has announced it; without, it ends the connection. */
function isMessage({ type, data }: Packet): boolean {
  return type === 'message' && (typeof data !== 'string' || MESSAGES.includes(data.charAt(0)));
}
