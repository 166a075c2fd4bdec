import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type {
  PlayToServer,
  ScreenToServer,
  ServerToPlay,
  ServerToScreen,
  ServerToTeach,
  TeachToServer,
} from '../../shared/protocol/messages.ts';
import { REFUSALS } from '../../shared/refusals.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { refuse } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { isPassing } from './passing.ts';
import { serverClock } from './server-clock.ts';

/** `refused`: the server will not have us, and trying again would not help. */
export type Status = 'connecting' | 'online' | 'offline' | 'refused' | 'closed';

type Handlers = Record<string, (...args: never[]) => void>;
type Request<F> = F extends (req: infer R, ack: never) => void ? R : never;
type Reply<F> = F extends (req: never, ack: (reply: infer R) => void) => void ? R : never;

/** An answer that takes longer than this is asked for again, with the same command id. */
const ANSWER_WITHIN_MS = 5000;
/** Readings of the server's clock after each connection. */
const CLOCK_READINGS = 4;

/**
 * One namespace of the server. Every message is answered or sent again until it is: the server knows a
 * command by its id, so twice is the same as once. It reconnects by itself, and at once when the page is
 * looked at again.
 */
export class LabSocket<Up extends { [K in keyof Up]: (req: never, ack: never) => void }, Down> {
  readonly #socket: Socket<Handlers, Handlers>;
  readonly #onstatus: (status: Status, refusal: Refusal | null) => void;
  #closed = false;

  constructor(
    namespace: '/play' | '/teach' | '/screen',
    auth: Record<string, string>,
    onstatus: (status: Status, refusal: Refusal | null) => void,
  ) {
    this.#onstatus = onstatus;
    const base = new URL('.', document.baseURI);
    this.#socket = io(new URL(namespace, base.origin).href, {
      path: `${base.pathname}socket.io/`,
      auth,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 400,
      reconnectionDelayMax: 2000,
      timeout: 8000,
      forceNew: true,
    });
    onstatus('connecting', null);
    this.#socket.on('connect', () => {
      serverClock.doubt();
      onstatus('online', null);
      void this.#readClock();
    });
    this.#socket.on('disconnect', (reason) => {
      if (this.#closed) return;
      onstatus('offline', null);
      // The server hung up on purpose (a restart, a takeover): socket.io would not try again by itself.
      if (reason === 'io server disconnect') setTimeout(this.#connect, 1000);
    });
    this.#socket.on('connect_error', (error: Error & { data?: unknown }) => {
      const refusal = readRefusal(error);
      if (refusal) {
        onstatus('refused', refusal);
        if (isPassing(refusal.code)) setTimeout(this.#connect, 3000);
      } else onstatus('offline', null);
    });
    document.addEventListener('visibilitychange', this.#wake);
    addEventListener('online', this.#wake);
    addEventListener('pageshow', this.#wake);
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  /** Asks until it is answered. Once the socket is closed the answer is `server/busy`. */
  async ask<E extends keyof Up & string>(event: E, req: Request<Up[E]>): Promise<Reply<Up[E]>> {
    while (!this.#closed) {
      try {
        return (await this.#socket.timeout(ANSWER_WITHIN_MS).emitWithAck(event, req as never)) as Reply<
          Up[E]
        >;
      } catch {
        // No answer in time: the same again.
      }
    }
    return refuse({ code: 'server/busy' }) as Result<never, Refusal> as Reply<Up[E]>;
  }

  /** Calls back for each message of a kind, until the socket is closed. */
  on<E extends keyof Down & string>(event: E, handler: Down[E]): void {
    this.#socket.on(event as string, handler as (msg: never) => void);
  }

  /** Each time a connection stands, the first included. */
  onconnect(handler: () => void): void {
    this.#socket.on('connect', handler);
    if (this.#socket.connected) handler();
  }

  close(): void {
    this.#closed = true;
    document.removeEventListener('visibilitychange', this.#wake);
    removeEventListener('online', this.#wake);
    removeEventListener('pageshow', this.#wake);
    this.#socket.disconnect();
    this.#onstatus('closed', null);
  }

  /** Looked at again, or the network is back: not a moment to wait for the next attempt. */
  #wake = (): void => {
    if (document.visibilityState !== 'hidden') this.#connect();
  };

  #connect = (): void => {
    if (this.#closed || this.#socket.connected) return;
    if (this.#socket.io.engine?.readyState !== 'opening') this.#socket.disconnect().connect();
  };

  async #readClock(): Promise<void> {
    for (let n = 0; n < CLOCK_READINGS && this.#socket.connected; n++) {
      const askedAt = Date.now();
      try {
        const reply = (await this.#socket
          .timeout(ANSWER_WITHIN_MS)
          .emitWithAck('clock:read', {} as never)) as Result<{ at: number }, Refusal>;
        if (reply.ok) serverClock.read(askedAt, Date.now(), reply.value.at);
      } catch {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
  }
}

export type PlaySocket = LabSocket<PlayToServer, ServerToPlay>;
export type TeachSocket = LabSocket<TeachToServer, ServerToTeach>;
export type ScreenSocket = LabSocket<ScreenToServer, ServerToScreen>;

/** A refused handshake carries the refusal in its data, or at least its code as the message. */
function readRefusal(error: { message: string; data?: unknown }): Refusal | null {
  const { data } = error;
  if (typeof data === 'object' && data !== null && 'code' in data && typeof data.code === 'string') {
    return data as Refusal;
  }
  const code = REFUSALS.find((known) => known === error.message);
  return code ? { code } : null;
}
