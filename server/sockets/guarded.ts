import type { Socket } from 'socket.io';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Refusal } from '../../shared/refusals.ts';
import { refuse, type Result } from '../../shared/result.ts';
import { Bucket } from '../bucket.ts';
import type { Buckets } from '../buckets.ts';
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';
import { refusalOf } from '../store/refusal-of.ts';
import { StorageFullError } from '../store/storage-full-error.ts';
import { onMessage } from './messages.ts';

type Awaitable<T> = T | Promise<T>;

/** For each message its handler: what was asked (already validated) to what the ack is given. */
export type Handlers<Messages> = {
  readonly [M in keyof Messages]: Messages[M] extends (
    req: infer Req,
    ack: (reply: infer Reply) => void,
  ) => void
    ? (req: Req) => Awaitable<Reply>
    : never;
};

export type Checks<Messages> = { readonly [M in keyof Messages]: (req: unknown) => boolean };

/** Compiles the schemas of a namespace, once for all its connections. */
export function compileChecks<Messages>(
  schemas: Readonly<Record<keyof Messages & string, TSchema>>,
): Checks<Messages> {
  const checks = Object.entries<TSchema>(schemas).map(([message, schema]) => {
    const validator = Compile(schema);
    return [message, (req: unknown) => validator.Check(req)];
  });
  return Object.fromEntries(checks) as Checks<Messages>;
}

export interface Guard {
  readonly clock: Clock;
  readonly limits: Limits;
  /** Messages by seat: a second connection does not double what one may ask. */
  readonly seats: Buckets;
  readonly fault: (error: unknown, message: string) => void;
}

/** Only what was done wrong lately counts. */
const STRIKE_MS = 60_000;

/**
 * The one way in. Every message of a socket is counted, validated, handled and answered here: whatever it
 * holds, the process lives on, and whoever asked gets a reply. Unknown messages and too many of them are
 * strikes.
 */
export function guard<Messages>(
  socket: Socket,
  seat: string,
  checks: Checks<Messages>,
  handlers: Handlers<Messages>,
  { clock, limits, seats, fault }: Guard,
): void {
  const connection = new Bucket(clock, limits.messages);
  let strikes: number[] = [];
  const strike = () => {
    const now = clock.now();
    strikes = [...strikes.filter((at) => now - at < STRIKE_MS), now];
  };
  const isOut = () => strikes.length >= limits.strikes;

  const failed = (error: unknown, message: string): Result<never, Refusal> => {
    if (!(error instanceof StorageFullError)) fault(error, message);
    return refuse(refusalOf(error));
  };

  const handle = (message: string, req: unknown): Awaitable<Result<unknown, Refusal>> => {
    // `hasOwn`: a message may be called `constructor`.
    if (!Object.hasOwn(checks, message)) {
      strike();
      return refuse({ code: 'message/invalid' });
    }
    // Both are asked, so that each keeps its own count.
    const connectionFits = connection.take();
    const seatFits = seats.take(seat);
    if (!connectionFits || !seatFits) {
      strike();
      return refuse({ code: 'message/too-fast' });
    }
    const known = message as keyof Messages & string;
    if (!checks[known](req)) return refuse({ code: 'message/invalid' });
    return (handlers[known] as (req: unknown) => Awaitable<Result<unknown, Refusal>>)(req);
  };

  onMessage(socket, limits, (args, answer) => {
    if (isOut()) return;
    const message = String(args[0]);
    const fail = (error: unknown) => {
      const reply = failed(error, message);
      answer?.(reply);
    };
    try {
      // One payload; a message with more or fewer has an invalid one.
      const reply = handle(message, args.length === 2 ? args[1] : undefined);
      if (reply instanceof Promise) reply.then(answer, fail);
      else answer?.(reply);
    } catch (error) {
      fail(error);
    }
    // What came before in the same turn of the event loop is still answered.
    if (isOut()) setImmediate(() => socket.disconnect(true));
  });
}
