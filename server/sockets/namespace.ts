import type { Namespace, Socket } from 'socket.io';
import type { Refusal } from '../../shared/refusals.ts';
import type { Result } from '../../shared/result.ts';

/** Lets in whom `admit` admits; the others get the refusal in `connect_error`. */
export function admitOnly<Who>(
  namespace: Namespace,
  admit: (socket: Socket) => Promise<Result<Who, Refusal>>,
  fault: (error: unknown) => void,
): (socket: Socket) => Who {
  const admitted = new WeakMap<Socket, { readonly who: Who }>();
  namespace.use((socket, next) => {
    admit(socket).then(
      (result) => {
        if (!result.ok) {
          next(refused(result.error));
          return;
        }
        admitted.set(socket, { who: result.value });
        next();
      },
      (error: unknown) => {
        fault(error);
        next(refused({ code: 'server/fault' }));
      },
    );
  });
  return (socket) => {
    const found = admitted.get(socket);
    if (!found) throw new Error('a socket got past the door');
    return found.who;
  };
}

function refused(refusal: Refusal): Error {
  return Object.assign(new Error(refusal.code), { data: refusal });
}
