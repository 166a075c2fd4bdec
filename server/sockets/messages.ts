import type { Socket } from 'socket.io';
import { packetWriter } from './corked.ts';
import { dropIfStuck, type Backlog } from './emit.ts';
import { hearStraight } from './straight.ts';

/** What is used here of Socket.IO's socket, and is not in its types. */
interface Receiver {
  onevent(packet: { readonly data?: readonly unknown[]; readonly id?: number | null }): void;
}

/**
 * What came: the message's name and its payloads, all of it a client's word. `answer`: absent if no ack was
 * asked for; to be called once.
 */
export type OnMessage = (args: readonly unknown[], answer: ((reply: unknown) => void) | null) => void;

/**
 * Hears every message of a connection, whatever its name. Socket.IO would pass each on to the listeners of
 * its name, of which there are none, in a turn of its own, and look through each answer for binary data.
 * Together with `TraceJson` this took a twelfth from what a command costs (`npm run bench`).
 */
export function onMessage(socket: Socket, limits: Backlog, call: OnMessage): void {
  const write = packetWriter(socket);
  const head = `3${socket.nsp.name},`;
  const answering = (id: number) => (reply: unknown) => {
    if (!socket.connected) return;
    if (!write(`${head}${id}[${JSON.stringify(reply)}]`)) dropIfStuck(socket.conn, limits);
  };
  const hear = (args: readonly unknown[], id: number | null | undefined): void =>
    call(args, typeof id === 'number' ? answering(id) : null);
  (socket as unknown as Receiver).onevent = ({ data = [], id }) => hear(data, id);
  hearStraight(socket, hear);
}
