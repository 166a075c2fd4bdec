import { createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Buckets } from '../buckets.ts';
import type { Limits } from '../limits.ts';
import { isSame, newSecret } from '../secrets/tokens.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Who a request counts as when tries are counted: the device, if the lab has met it, at this address; or
     * else the address.
     */
    readonly whoTries: (request: FastifyRequest) => string;
    /**
     * By what the lab knows the device from now on: a cookie that it came with, or that it gets now. Null:
     * too many are new at this address.
     */
    readonly greetDevice: (request: FastifyRequest, reply: FastifyReply) => string | null;
  }
}

interface Options {
  readonly basePath: string;
  readonly limits: Limits;
}

const NAME = 'lab-device';

/**
 * Tells devices behind one address apart, so that who guesses codes slows down nobody else in the school, and
 * who was removed from a classroom does not come back under another name. The cookie is a number drawn by
 * chance, says nothing of its device, and is forgotten with the browser's window. Signed: the lab has given
 * it out, and not too many.
 */
export default fp<Options>(
  async (app, { basePath, limits }) => {
    const key = await app.store.settings.getOr('device-key', newSecret);
    const greetings = new Buckets(app.lab.clock, limits.handshakes);
    const sign = (id: string) => createHmac('sha256', key).update(id).digest('base64url').slice(0, 22);

    const deviceOf = (request: FastifyRequest): string | null => {
      const [, id = '', mark = ''] = /^([\w-]{22})\.([\w-]{22})$/.exec(request.cookies[NAME] ?? '') ?? [];
      return id !== '' && isSame(mark, sign(id)) ? id : null;
    };

    app.decorate('whoTries', (request) => {
      const device = deviceOf(request);
      return device === null ? request.ip : `${device} at ${request.ip}`;
    });
    app.decorate('greetDevice', (request, reply) => {
      const met = deviceOf(request);
      if (met !== null || !greetings.take(request.ip)) return met;
      const id = newSecret().slice(0, 22);
      const secure = request.protocol === 'https';
      const path = `${basePath}/`;
      void reply.setCookie(NAME, `${id}.${sign(id)}`, { path, httpOnly: true, sameSite: 'lax', secure });
      return id;
    });
  },
  { name: 'device', dependencies: ['auth', 'store', 'lab'] },
);
