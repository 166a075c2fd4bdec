import type { Socket } from 'socket.io';

/** When the connection is gone, for whatever reason. */
export function onGone(socket: Socket, call: () => void): void {
  socket.once('disconnect', call);
}
