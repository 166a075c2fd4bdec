import type { Socket } from 'socket.io';
import { plainMessages } from './plain-frames.ts';
import { WEBSOCKET_OPEN } from './websocket.ts';

/**
 * What is used here of ws, of its receiver of frames, of engine.io's connection and of Socket.IO's client,
 * and is not in their types.
 */
interface Receiver {
  write: (this: Receiver, read: Buffer) => boolean;
  readonly _state: number;
  readonly _bufferedBytes: number;
  readonly _fragmented: number;
}

interface Transport {
  readonly name: string;
  readonly socket?: { readonly readyState: number; readonly _receiver?: Receiver };
}

interface Connection {
  readonly transport: Transport;
  readonly readyState: string;
  readonly pingTimeoutTimer: unknown;
  on(event: 'upgrade', listener: (transport: Transport) => void): void;
}

interface Client {
  readonly decoder: { readonly reconstructor?: unknown };
}

type Hear = (args: readonly unknown[], id: number | null) => void;

/** One socket of a connection. */
interface Hearer {
  readonly socket: Socket;
  /** What its messages begin with. */
  readonly head: string;
  readonly hear: Hear;
}

interface Call {
  readonly args: readonly unknown[];
  readonly id: number | null;
}

const BETWEEN_FRAMES = 0;

/** Socket.IO keeps these for itself, and ends a connection that sends one. */
const RESERVED: readonly unknown[] = [
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
];

const hearers = new WeakMap<Connection, readonly Hearer[]>();

/**
 * Hears a connection's messages where they were read, if they are nothing out of the ordinary, which nearly
 * all are. The way through ws, engine.io and Socket.IO took a tenth of what a command costs (two servers of
 * each kind by turns, 1000 clients: 97 → 86 µs). Whatever is not ordinary takes that way as ever, and so does
 * what comes right behind it: messages stay in order.
 */
export function hearStraight(socket: Socket, hear: Hear): void {
  const connection = socket.conn as unknown as Connection;
  const hearer = { socket, head: `42${socket.nsp.name},`, hear };
  const here = hearers.get(connection);
  if (here) {
    // A connection may leave a namespace and enter it again, as often as it likes.
    hearers.set(connection, [...here.filter((one) => one.socket.connected), hearer]);
    return;
  }
  hearers.set(connection, [hearer]);
  const { decoder } = socket.client as unknown as Client;
  const { transport } = connection;
  if (transport.name === 'websocket') tap(connection, transport, decoder);
  else connection.on('upgrade', (better) => tap(connection, better, decoder));
}

function tap(connection: Connection, transport: Transport, decoder: Client['decoder']): void {
  const ws = transport.socket;
  const receiver = ws?._receiver;
  if (!receiver) return;
  const { write } = receiver;
  /** What took the long way in this tick has not been handed out yet. */
  let behind = false;
  receiver.write = (read) => {
    const isPlain =
      !behind &&
      receiver._state === BETWEEN_FRAMES &&
      receiver._bufferedBytes === 0 &&
      receiver._fragmented === 0 &&
      ws.readyState === WEBSOCKET_OPEN &&
      connection.transport === transport &&
      connection.readyState === 'open' &&
      // Bytes are to come that belong to the message before.
      !decoder.reconstructor &&
      // Otherwise engine.io waits for a sign of life, and this may be one.
      connection.pingTimeoutTimer === null;
    if (isPlain && isHeard(connection, read)) return true;
    const goesOn = write.call(receiver, read);
    if (!behind) {
      behind = true;
      process.nextTick(() => {
        behind = false;
      });
    }
    return goesOn;
  };
}

/** False: nothing of it has been heard. */
function isHeard(connection: Connection, read: Buffer): boolean {
  for (const { socket, head, hear } of hearers.get(connection) ?? []) {
    const calls = socket.connected ? callsOf(read, head) : null;
    if (calls === null) continue;
    for (const { args, id } of calls) if (socket.connected) hear(args, id);
    return true;
  }
  return false;
}

/** All that is in there, or null: then nothing of it has been heard. */
function callsOf(read: Buffer, head: string): readonly Call[] | null {
  const messages = plainMessages(read, head);
  if (messages === null) return null;
  const calls: Call[] = [];
  for (const { id, json } of messages) {
    const args = parsed(json);
    if (!Array.isArray(args) || typeof args[0] !== 'string' || RESERVED.includes(args[0])) return null;
    calls.push({ args, id });
  }
  return calls;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
