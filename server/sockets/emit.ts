import type { Socket } from 'socket.io';
import type { Limits } from '../limits.ts';
import type { ViewJson } from '../table/publish.ts';
import { holdsBack, packetWriter } from './corked.ts';
import { drop, type Dropped } from './drop.ts';

export type Backlog = Pick<Limits, 'backlogPackets' | 'backlogOctets'>;

/** What engine.io and ws keep for a connection that is not written yet; not in their types. */
interface Connection extends Dropped {
  readonly writeBuffer: readonly { readonly data?: unknown }[];
  readonly transport: {
    readonly socket?: { readonly bufferedAmount: number; terminate(): void };
  };
}

/** Sends one of the messages of a namespace. */
export type Emit<Messages> = <M extends keyof Messages & string>(
  message: M,
  payload: Messages[M] extends (payload: infer P) => void ? P : never,
) => void;

/**
 * The one place where something is sent that was not asked for. A client that has stopped reading is dropped
 * once too much waits for it: it comes back and asks for a snapshot, which is right by itself.
 */
export function emitterFor<Messages>(socket: Socket, limits: Backlog): Emit<Messages> {
  return (message, payload) => {
    if (!socket.connected) return;
    socket.emit(message, payload);
    dropIfStuck(socket.conn, limits);
  };
}

/**
 * The same for views, whose JSON is there already: Socket.IO would look through the whole of it for binary
 * data and write it once more. With the way through ws that took a fifth of the server's time
 * (`npm run bench`).
 */
export function viewEmitterFor(socket: Socket, limits: Backlog): (json: ViewJson) => void {
  const head = `2${socket.nsp.name},["table:view",`;
  const write = packetWriter(socket);
  return (json) => {
    if (!socket.connected) return;
    if (!write(`${head}${json}]`)) dropIfStuck(socket.conn, limits);
  };
}

export function dropIfStuck(connection: object, limits: Backlog): void {
  if (!holdsBack(connection) && isStuck(connection as Connection, limits)) drop(connection as Connection);
}

function isStuck({ writeBuffer, transport }: Connection, limits: Backlog): boolean {
  if (writeBuffer.length > limits.backlogPackets) return true;
  let octets = transport.socket?.bufferedAmount ?? 0;
  if (writeBuffer.length === 0) return octets > limits.backlogOctets;
  for (const { data } of writeBuffer) if (typeof data === 'string') octets += data.length;
  return octets > limits.backlogOctets;
}
