import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type {
  JoinReply,
  JoinRequest,
  PlayToServer,
  ScreenToServer,
  ServerToScreen,
  ServerToPlay,
  ServerToTeach,
  TeachToServer,
} from '../shared/protocol/messages.ts';
import type { Refusal } from '../shared/refusals.ts';
import type { Result } from '../shared/result.ts';
import { buildApp, type Deps } from './app.ts';
import type { Config } from './config.ts';

type Request<F> = F extends (req: infer Req, ack: never) => void ? Req : never;
type Reply<F> = F extends (req: never, ack: (reply: infer R) => void) => void ? R : never;
type Message<F> = F extends (message: infer M) => void ? M : never;

/** A connected client that keeps everything it was sent, in order. */
export class Client<Up, Down> {
  readonly socket: Socket;
  readonly heard: { readonly message: string; readonly payload: unknown }[] = [];
  #waiting: (() => void)[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    socket.onAny((message: string, payload: unknown) => {
      this.heard.push({ message, payload });
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  /** Sends and waits for the ack. */
  async ask<M extends keyof Up & string>(message: M, req: Request<Up[M]>): Promise<Reply<Up[M]>> {
    return (await this.socket.timeout(5000).emitWithAck(message, req)) as Reply<Up[M]>;
  }

  /** The same, and what it was acknowledged with; throws on a refusal. */
  async do<M extends keyof Up & string>(
    message: M,
    req: Request<Up[M]>,
  ): Promise<Reply<Up[M]> extends Result<infer V, Refusal> ? V : never> {
    const reply = (await this.ask(message, req)) as Result<never, Refusal>;
    if (!reply.ok) throw new Error(`${message}: ${reply.error.code}`);
    return reply.value;
  }

  /** The first message of a kind, heard already or still to come, that fits. */
  async hear<M extends keyof Down & string>(
    message: M,
    fits: (payload: Message<Down[M]>) => boolean = () => true,
  ): Promise<Message<Down[M]>> {
    for (let seen = 0; ;) {
      for (; seen < this.heard.length; seen++) {
        const one = this.heard[seen]!;
        if (one.message === message && fits(one.payload as Message<Down[M]>)) {
          return one.payload as Message<Down[M]>;
        }
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  all<M extends keyof Down & string>(message: M): Message<Down[M]>[] {
    return this.heard
      .filter((one) => one.message === message)
      .map(({ payload }) => payload as Message<Down[M]>);
  }

  /** Once the connection is gone. */
  async gone(): Promise<void> {
    if (this.socket.connected)
      await new Promise<void>((resolve) => this.socket.once('disconnect', () => resolve()));
  }
}

export type Student = Client<PlayToServer, ServerToPlay>;
export type Teacher = Client<TeachToServer, ServerToTeach>;
export type Projector = Client<ScreenToServer, ServerToScreen>;

export interface Lab {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly dataDir: string;
  post: <T>(path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer<T>>;
  join: (code: string, name: string, also?: Omit<JoinRequest, 'code' | 'name'>) => Promise<JoinReply>;
  play: (token: string, options?: Partial<ManagerOptions & SocketOptions>) => Promise<Student>;
  /** Sends a classroom its roster. */
  setRoster: (
    cookie: string,
    classroomId: string,
    students: readonly { readonly name: string; readonly pin: string }[],
  ) => Promise<Answer<null>>;
  /** The session cookie of an instructor, whose account is made if need be. */
  logIn: (name?: string) => Promise<string>;
  /** Makes an account by a link and returns the reply. */
  setUp: (link: string, name?: string, password?: string) => Promise<Answer<unknown>>;
  teach: (cookie: string, options?: Partial<ManagerOptions & SocketOptions>) => Promise<Teacher>;
  /** The projector's page. */
  project: (token: string) => Promise<Projector>;
  connect: (namespace: string, options?: Partial<ManagerOptions & SocketOptions>) => Promise<Socket>;
  /** Stops the server and its clients; the data stays if `keep`. */
  stop: (keep?: 'keep') => Promise<void>;
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Result<T, Refusal>;
}

/** What every instructor of the tests has. */
export const PASSWORD = 'correct horse battery';

/** The secret of a setup link. */
export function tokenIn(link: string): string {
  return new URL(link, 'http://lab').searchParams.get('token') ?? '';
}

/** The session cookie that came with a reply. */
export function cookieOf({ headers }: { readonly headers: Headers }): string {
  const cookies = headers.getSetCookie().map((cookie) => cookie.split(';')[0]!);
  return cookies.find((cookie) => /lab-session=./.test(cookie)) ?? '';
}

/** A whole server on a port of its own, with its data in a folder of its own. */
export async function startLab(
  { prepare, ...deps }: Deps & { readonly prepare?: (app: FastifyInstance) => Promise<void> } = {},
  config: Partial<Config> = {},
): Promise<Lab> {
  const dataDir = config.dataDir ?? mkdtempSync(join(tmpdir(), 'lab-'));
  const whole: Config = {
    host: '127.0.0.1',
    port: 0,
    dataDir,
    basePath: '',
    publicUrl: null,
    logLevel: 'error',
    trustProxy: [],
    ...config,
  };
  const app = await buildApp(whole, deps);
  await prepare?.(app);
  await app.listen({ host: whole.host, port: whole.port });
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const url = origin + whole.basePath;
  const sockets: Socket[] = [];
  let rosters = 0;

  const connect: Lab['connect'] = (namespace, options = {}) => {
    const socket = io(origin + namespace, {
      path: `${whole.basePath}/socket.io/`,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...options,
    });
    sockets.push(socket);
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(socket));
      socket.once('connect_error', reject);
    });
  };

  const post: Lab['post'] = async <T>(path: string, body: unknown, headers = {}): Promise<Answer<T>> => {
    const response = await fetch(`${url}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: JSON.parse(text) as Result<T, Refusal>,
    };
  };

  const setUp: Lab['setUp'] = (link, name = 'Grace', password = PASSWORD) =>
    post('api/setup', { token: tokenIn(link), name, password });

  return {
    app,
    url,
    dataDir,
    post,
    connect,
    async join(code, name, also = {}) {
      const { body } = await post<JoinReply>('api/join', { code, name, ...also });
      if (!body.ok) throw new Error(body.error.code);
      return body.value;
    },
    play: async (token, options) => new Client(await connect('/play', { auth: { token }, ...options })),
    setRoster: (cookie, classroomId, students) =>
      post(`api/classrooms/${classroomId}/roster`, { id: `roster-${++rosters}`, students }, { cookie }),
    async logIn(name = 'Grace') {
      const invite = async () => (await app.accounts.newLink({ kind: 'invite', instructor: null })).path;
      const known = await app.accounts.named(name);
      const reply = known
        ? await post('api/login', { name, password: PASSWORD })
        : await setUp((await app.instructorLink()) ?? (await invite()), name);
      return cookieOf(reply);
    },
    setUp,
    teach: async (cookie, options) =>
      new Client(await connect('/teach', { extraHeaders: { cookie, origin }, ...options })),
    project: async (token) => new Client(await connect('/screen', { auth: { screen: token } })),
    async stop(keep) {
      for (const socket of sockets) socket.disconnect();
      await app.close();
      if (keep !== 'keep') rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
