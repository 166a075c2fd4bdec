import type { Socket } from 'socket.io';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Refusal } from '../../shared/refusals.ts';
import { refuse, type Result } from '../../shared/result.ts';
import type { Buckets } from '../buckets.ts';
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';
import { StorageFullError } from '../store/storage-full-error.ts';
import { dropIfStuck } from './emit.ts';

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
  /** Messages by connection. */
  readonly connections: Buckets;
  readonly fault: (error: unknown, message: string) => void;
}

/** Only what was done wrong lately counts. */
const STRIKE_MS = 60_000;

/**
 * The one way in. Every message of a socket is counted, validated, handled and answered here: whatever it holds,
 * the process lives on, and whoever asked gets a reply. Unknown messages and too many of them are strikes.
 */
export function guard<Messages>(
  socket: Socket,
  seat: string,
  checks: Checks<Messages>,
  handlers: Handlers<Messages>,
  { clock, limits, seats, connections, fault }: Guard,
): void {
  let strikes: number[] = [];
  const strike = () => {
    const now = clock.now();
    strikes = [...strikes.filter((at) => now - at < STRIKE_MS), now];
  };
  const isOut = () => strikes.length >= limits.strikes;

  const handle = async (message: string, req: unknown): Promise<Result<unknown, Refusal>> => {
    // `hasOwn`: a message may be called `constructor`.
    if (!Object.hasOwn(checks, message)) {
      strike();
      return refuse({ code: 'message/invalid' });
    }
    // Both are asked, so that each keeps its own count.
    const fits = [connections.take(socket.id), seats.take(seat)];
    if (fits.includes(false)) {
      strike();
      return refuse({ code: 'message/too-fast' });
    }
    const known = message as keyof Messages & string;
    if (!checks[known](req)) return refuse({ code: 'message/invalid' });
    try {
      return (await (handlers[known] as (req: unknown) => unknown)(req)) as Result<unknown, Refusal>;
    } catch (error) {
      if (error instanceof StorageFullError) return refuse({ code: 'server/storage-full' });
      fault(error, message);
      return refuse({ code: 'server/fault' });
    }
  };

  socket.onAny((message: unknown, ...args: unknown[]) => {
    const last = args.at(-1);
    const ack = typeof last === 'function' ? (last as (reply: unknown) => void) : null;
    // One payload and perhaps an ack; a message with more or fewer has an invalid payload.
    const payloads = ack ? args.slice(0, -1) : args;
    const req = payloads.length === 1 ? payloads[0] : undefined;
    if (isOut()) return;
    const answering = handle(String(message), req);
    // What came before in the same turn of the event loop is still answered.
    if (isOut()) setImmediate(() => socket.disconnect(true));
    void answering.then((reply) => {
      ack?.(reply);
      if (socket.connected) dropIfStuck(socket, limits);
    });
  });
}

/** When the connection is gone, for whatever reason. */
export function onGone(socket: Socket, call: () => void): void {
  socket.once('disconnect', call);
}
