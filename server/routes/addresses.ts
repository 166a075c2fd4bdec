import type { FastifyPluginAsync } from 'fastify';
import { ok } from '../../shared/result.ts';
import { sendRefusal } from './send-refusal.ts';

interface Options {
  /** The likeliest first, without a slash at the end. */
  readonly ownAddresses: () => readonly string[];
}

/** GET /api/addresses: where students may find the lab, for the instructor to pick from. */
export const addresses: FastifyPluginAsync<Options> = async (app, { ownAddresses }) => {
  app.get('/addresses', async (request, reply) => {
    const who = await app.auth.instructorOf(request.headers.cookie);
    if (!who) return sendRefusal(reply, { code: 'session/required' });
    return ok({ urls: ownAddresses() });
  });
};
