import type { Namespace, Socket } from 'socket.io';
import type { Refusal } from '../../shared/refusals.ts';
import type { Result } from '../../shared/result.ts';
import { refusalOf } from '../store/refusal-of.ts';
import { drop, type Dropped } from './drop.ts';

/**
 * Lets in whom `admit` admits; the others get the refusal in `connect_error`. A connection that asks again
 * before it has its answer is dropped, as Socket.IO ends one that asks again afterwards.
 */
export function admitOnly<Who>(
  namespace: Namespace,
  admit: (socket: Socket) => Promise<Result<Who, Refusal>>,
  fault: (error: unknown) => void,
): (socket: Socket) => Who {
  const admitted = new WeakMap<Socket, { readonly who: Who }>();
  /** Their connections. */
  const waiting = new WeakSet<Socket['conn']>();
  namespace.use((socket, next) => {
    const { conn } = socket;
    if (waiting.has(conn)) {
      drop(conn as unknown as Dropped);
      next(refused({ code: 'message/too-fast' }));
      return;
    }
    waiting.add(conn);
    const turnAway = (refusal: Refusal) => {
      waiting.delete(conn);
      next(refused(refusal));
    };
    admit(socket).then(
      (result) => {
        if (!result.ok) {
          turnAway(result.error);
          return;
        }
        admitted.set(socket, { who: result.value });
        next();
      },
      (error: unknown) => {
        fault(error);
        turnAway(refusalOf(error));
      },
    );
  });
  namespace.on('connection', ({ conn }) => waiting.delete(conn));
  return (socket) => {
    const found = admitted.get(socket);
    if (!found) throw new Error('a socket got past the door');
    return found.who;
  };
}

function refused(refusal: Refusal): Error {
  return Object.assign(new Error(refusal.code), { data: refusal });
}
