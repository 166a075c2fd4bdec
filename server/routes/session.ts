import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ok, refuse } from '../../shared/result.ts';
import { Buckets } from '../buckets.ts';
import type { Limits } from '../limits.ts';
import { statusOf } from './status-of.ts';

const SetupRequest = Type.Object({ token: Type.String({ maxLength: 100 }) }, { additionalProperties: false });

/** How an instructor gets in and out. */
export const session: FastifyPluginAsyncTypebox<{ limits: Limits }> = async (app, { limits }) => {
  const { auth, lab } = app;
  const setups = new Buckets(lab.clock, limits.setups);

  // By POST, so that looking at a link (a preview, a virus scanner) does not use it up.
  app.post('/setup', { schema: { body: SetupRequest } }, async (request, reply) => {
    if (!setups.take(request.ip)) return reply.code(429).send(refuse({ code: 'message/too-fast' }));
    const instructor = await auth.useSetupToken(request.body.token);
    if (instructor === null) {
      const refusal = { code: 'setup/invalid-link' } as const;
      return reply.code(statusOf(refusal)).send(refuse(refusal));
    }
    await auth.logIn(request, reply, instructor);
    return ok({});
  });

  app.get('/session', async (request, reply) => {
    const who = await auth.instructorOf(request.headers.cookie);
    void reply.header('cache-control', 'no-store');
    return ok({ instructor: who !== null });
  });

  app.post('/logout', async (request, reply) => {
    const who = await auth.logOut(request, reply);
    if (who) app.endSession(who.session);
    return ok({});
  });
};
