import type { Socket as TcpSocket } from 'node:net';
import type { Server, Socket } from 'socket.io';
import { asciiFramesOf } from './ascii-frames.ts';
import { framesOf } from './frames-of.ts';
import { WEBSOCKET_OPEN } from './websocket.ts';

/** What is used here of engine.io's transport over ws, and is not in its types. */
interface Transport {
  readonly name: string;
  readonly socket?: { readonly _socket?: TcpSocket; readonly readyState: number };
  writable: boolean;
  send(packets: readonly Packet[]): void;
  doClose(done?: () => void): void;
  emit(event: 'drain' | 'ready'): void;
}

interface Packet {
  readonly type: string;
  readonly data?: unknown;
}

interface Connection {
  readonly transport: unknown;
  readonly readyState: string;
  readonly writeBuffer: readonly unknown[];
  write(packet: string): void;
  on(event: 'upgrade', listener: (transport: unknown) => void): void;
}

/**
 * A connection, and what this turn of the event loop has for it: Engine.IO's packets as text, oldest first.
 */
interface Outbox {
  readonly tcp: TcpSocket;
  readonly isOpen: () => boolean;
  texts: string[];
}

/** Engine.IO's packet types, by the digit that stands for them. */
const TYPES = ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop'];

let filled: Outbox[] = [];
const outboxes = new WeakMap<object, Outbox>();

function emptyAll(): void {
  const turn = filled;
  filled = [];
  for (const outbox of turn) empty(outbox);
}

/**
 * Hands over what is there: to a connection that is being closed from the other side nobody listens any more.
 */
function empty(outbox: Outbox): void {
  const { texts } = outbox;
  if (texts.length === 0) return;
  outbox.texts = [];
  if (!outbox.isOpen()) return;
  const ascii = asciiFramesOf(texts);
  if (ascii === null) outbox.tcp.write(framesOf(texts));
  else outbox.tcp.write(ascii, 'latin1');
}

/**
 * One write for each connection and turn of the event loop, instead of one for each packet: a command's ack
 * and view leave together, and so do the views of all commands that were committed together. System calls are
 * most of what a small packet costs, and the way through ws to them as much again. To engine.io it looks as
 * if everything were written at once, in the same order; what a client is too slow to read waits in
 * engine.io's own buffer as ever.
 */
export function corkWrites(io: Server): void {
  io.engine.on('connection', (connection: Connection) => {
    corkTransport(connection.transport as Transport);
    connection.on('upgrade', (transport) => corkTransport(transport as Transport));
  });
}

/**
 * For packets of Socket.IO: puts one among what this turn writes (true), past engine.io, whose way for a
 * packet takes as long as the system call itself. False: it took that way, because something waits there
 * already.
 */
export function packetWriter({ conn }: Socket): (packet: string) => boolean {
  const connection = conn as unknown as Connection;
  // Another transport may come: long polling is where a browser begins.
  let transport = connection.transport as Transport;
  let outbox = outboxes.get(transport);
  return (packet) => {
    if (transport !== connection.transport) {
      transport = connection.transport as Transport;
      outbox = outboxes.get(transport);
    }
    if (
      outbox === undefined ||
      connection.readyState !== 'open' ||
      connection.writeBuffer.length > 0 ||
      !transport.writable ||
      isBusy(outbox)
    ) {
      connection.write(packet);
      return false;
    }
    put(outbox, `4${packet}`);
    return true;
  };
}

/**
 * Whether all that waits for this connection was written in this very turn: it may be a lot, and says nothing
 * of how its client reads.
 */
export function holdsBack(connection: object): boolean {
  const outbox = outboxes.get((connection as Connection).transport as Transport);
  return outbox !== undefined && outbox.texts.length > 0;
}

/** Something from an earlier turn is still on its way. */
function isBusy({ tcp, texts }: Outbox): boolean {
  return texts.length === 0 && tcp.writableLength > 0;
}

function put(outbox: Outbox, text: string): void {
  if (outbox.texts.push(text) === 1 && filled.push(outbox) === 1) setImmediate(emptyAll);
}

function corkTransport(transport: Transport): void {
  const ws = transport.socket;
  if (transport.name !== 'websocket' || !ws?._socket) return;
  const outbox: Outbox = { tcp: ws._socket, isOpen: () => ws.readyState === WEBSOCKET_OPEN, texts: [] };
  outboxes.set(transport, outbox);
  const send = transport.send.bind(transport);
  transport.send = (packets) => {
    if (isBusy(outbox) || !packets.every(isText)) {
      empty(outbox);
      send(packets);
      return;
    }
    for (const { type, data } of packets)
      put(outbox, `${TYPES.indexOf(type)}${(data as string | undefined) ?? ''}`);
    // As engine.io's own transport does once the last of them is written.
    transport.emit('drain');
    transport.emit('ready');
  };
  // The closing frame is the last: ws writes it by itself.
  const doClose = transport.doClose.bind(transport);
  transport.doClose = (done) => {
    empty(outbox);
    doClose(done);
  };
}

function isText({ type, data }: Packet): boolean {
  return (data === undefined || typeof data === 'string') && TYPES.includes(type);
}
