import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ok } from '../../shared/result.ts';
import { Buckets } from '../buckets.ts';
import type { Limits } from '../limits.ts';
import { sendRefusal } from './send-refusal.ts';

interface Options {
  readonly limits: Limits;
  /** Where browsers find the lab, without a slash at the end. */
  readonly baseUrl: () => string;
}

const Token = Type.String({ maxLength: 100 });
const CheckRequest = Type.Object({ token: Token }, { additionalProperties: false });
const SetupRequest = Type.Object(
  { token: Token, name: Type.String({ maxLength: 400 }), password: Type.String({ maxLength: 4096 }) },
  { additionalProperties: false },
);

/** How instructors' accounts come to be: a one-use link, a name, a password. */
export const setup: FastifyPluginAsyncTypebox<Options> = async (app, { limits, baseUrl }) => {
  const { auth, accounts, lab } = app;
  const setups = new Buckets(lab.clock, limits.setups);

  // By POST, so that looking at a link (a preview, a virus scanner) does not use it up.
  app.post('/setup/check', { schema: { body: CheckRequest } }, async (request, reply) => {
    if (!setups.take(request.ip)) return sendRefusal(reply, { code: 'message/too-fast' });
    const link = await accounts.look(request.body.token);
    return link.ok ? link : sendRefusal(reply, link.error);
  });

  app.post('/setup', { schema: { body: SetupRequest } }, async (request, reply) => {
    if (!setups.take(request.ip)) return sendRefusal(reply, { code: 'message/too-fast' });
    const done = await accounts.setUp(request.body);
    if (!done.ok) return sendRefusal(reply, done.error);
    // After a reset nobody who knew the old password stays.
    for (const ended of await auth.endAll(done.value)) app.endSession(ended);
    await auth.logIn(request, reply, done.value);
    return ok({});
  });

  app.post('/invites', async (request, reply) => {
    const who = await auth.instructorOf(request.headers.cookie);
    if (!who) return sendRefusal(reply, { code: 'session/required' });
    const { path, expiresAt } = await accounts.newLink({ kind: 'invite', instructor: who.instructor });
    return ok({ url: `${baseUrl()}/${path}`, expiresAt });
  });
};
