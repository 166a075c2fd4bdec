import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { refuse } from '../../shared/result.ts';

interface Options {
  readonly isOwn: (request: FastifyRequest) => boolean;
}

/**
 * Requests that change something are refused when a page from elsewhere makes them. Browsers say so in
 * Sec-Fetch-Site over HTTPS and on localhost, and in Origin everywhere; a client that says neither is no
 * browser and has no cookies to abuse.
 */
export default fp<Options>(
  async (app, { isOwn }) => {
    // A form can send text/plain across origins without asking; JSON it cannot.
    app.removeContentTypeParser('text/plain');
    app.addHook('onRequest', async (request, reply) => {
      if (request.method === 'GET' || request.method === 'HEAD') return;
      const site = request.headers['sec-fetch-site'];
      const foreign =
        site !== undefined
          ? site !== 'same-origin' && site !== 'none'
          : request.headers.origin !== undefined && !isOwn(request);
      if (foreign) await reply.code(403).send(refuse({ code: 'origin/foreign' }));
    });
  },
  { name: 'own-pages-only' },
);
