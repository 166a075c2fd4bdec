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
  readonly transport: Dropped['transport'] & { readonly name: string };
  on(event: 'packet', listener: (this: Connection, packet: Packet) => void): void;
  /** For each probe of a transport that may come instead of the present one. */
  on(
    event: 'upgrading',
    listener: (this: Connection, transport: { readonly socket: WebSocket }) => void,
  ): void;
}

interface Packet {
  readonly type: string;
  readonly data?: unknown;
}

interface WebSocket {
  readonly bufferedAmount: number;
  on(event: 'ping' | 'pong', listener: (this: WebSocket) => void): void;
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
  // What each connection has of its own counts a thousand times: no listener is made for it, no bucket before it is needed.
  const buckets = new WeakMap<object, Bucket>();
  const take = (who: object): boolean => {
    let bucket = buckets.get(who);
    if (!bucket) {
      bucket = new Bucket(clock, limits.smallTalk);
      buckets.set(who, bucket);
    }
    return bucket.take();
  };

  function onPacket(this: Connection, packet: Packet): void {
    if (isMessage(packet)) return;
    if (take(this)) dropIfStuck(this, limits);
    else drop(this);
  }

  function onUpgrading(this: Connection, { socket }: { readonly socket: WebSocket }): void {
    if (take(this)) return;
    socket.terminate();
    // With the connection engine.io stops to answer what of the probes was read already.
    drop(this);
  }

  function onPing(this: WebSocket): void {
    if (!take(this) || this.bufferedAmount > limits.backlogOctets) this.terminate();
  }

  engine.on('connection', (connection) => {
    connection.on('packet', onPacket);
    if (connection.transport.name === 'polling') connection.on('upgrading', onUpgrading);
  });

  // Those that are to take the place of long polling belong to no connection yet.
  const onWebSocket = engine.onWebSocket.bind(engine);
  engine.onWebSocket = (request, tcp, ws) => {
    ws.on('ping', onPing);
    ws.on('pong', onPing);
    onWebSocket(request, tcp, ws);
  };
}

/** Binary data comes behind a message that has announced it; without, it ends the connection. */
function isMessage({ type, data }: Packet): boolean {
  return type === 'message' && (typeof data !== 'string' || MESSAGES.includes(data.charAt(0)));
}
