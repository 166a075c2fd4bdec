import cookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Accounts } from '../accounts.ts';
import type { Clock } from '../clock.ts';
import { hashOf, newSecret } from '../secrets/tokens.ts';

/** A logged-in instructor; `session` is the hash of the session's id. */
export interface Instructor {
  readonly instructor: string;
  readonly session: string;
}

export interface Auth {
  /** Who the cookies say it is; null: nobody, or the session is over. */
  readonly instructorOf: (cookieHeader: string | undefined) => Promise<Instructor | null>;
  /** A session of their own, with a new id; one that the request came with ends. */
  readonly logIn: (request: FastifyRequest, reply: FastifyReply, instructor: string) => Promise<void>;
  readonly logOut: (request: FastifyRequest, reply: FastifyReply) => Promise<Instructor | null>;
  /** All sessions of an instructor are over; the hashes of their ids. */
  readonly endAll: (instructor: string) => Promise<readonly string[]>;
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly auth: Auth;
    readonly accounts: Accounts;
  }
}

interface Options {
  readonly clock: Clock;
  readonly basePath: string;
  readonly isSecure: (request: FastifyRequest) => boolean;
}

/** Instructors: accounts, sessions, the session cookie. */
export default fp<Options>(
  async (app, { clock, basePath, isSecure }) => {
    await app.register(cookie);
    const { sessions } = app.store;
    const path = `${basePath}/`;

    /**
     * Browsers keep a `__Host-` cookie only over HTTPS and for the whole host; a school's LAN has no HTTPS.
     */
    const cookieFor = (secure: boolean) => {
      const prefix = !secure ? '' : path === '/' ? '__Host-' : '__Secure-';
      return {
        name: `${prefix}lab-session`,
        options: { path, httpOnly: true, sameSite: 'lax', secure } as const,
      };
    };

    const idIn = (cookieHeader: string | undefined): string | null => {
      const cookies = app.parseCookie(cookieHeader ?? '');
      return cookies[cookieFor(true).name] ?? cookies[cookieFor(false).name] ?? null;
    };

    const instructorOf: Auth['instructorOf'] = async (cookieHeader) => {
      const id = idIn(cookieHeader);
      if (id === null) return null;
      const session = hashOf(id);
      const instructor = await sessions.use(session, clock.now());
      return instructor === null ? null : { instructor, session };
    };

    app.decorate('accounts', new Accounts(app.store, clock));
    app.decorate('auth', {
      instructorOf,
      async logIn(request, reply, instructor) {
        const before = idIn(request.headers.cookie);
        if (before !== null) await sessions.remove(hashOf(before));
        const id = newSecret();
        await sessions.add(hashOf(id), instructor, clock.now());
        const { name, options } = cookieFor(isSecure(request));
        void reply.setCookie(name, id, options);
      },
      async logOut(request, reply) {
        const who = await instructorOf(request.headers.cookie);
        if (who) await sessions.remove(who.session);
        const { name, options } = cookieFor(isSecure(request));
        void reply.clearCookie(name, options);
        return who;
      },
      endAll: (instructor) => sessions.removeAll(instructor),
    });
  },
  { name: 'auth', dependencies: ['store'] },
);
