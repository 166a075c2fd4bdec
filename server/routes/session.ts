import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import type { Refusal } from '../../shared/refusals.ts';
import { ok } from '../../shared/result.ts';
import { sendRefusal } from './send-refusal.ts';

/** Longer than any password that is taken: those are told so. */
const Password = Type.String({ maxLength: 4096 });
const Name = Type.String({ maxLength: 400 });

const LoginRequest = Type.Object({ name: Name, password: Password }, { additionalProperties: false });
const PasswordRequest = Type.Object({ old: Password, new: Password }, { additionalProperties: false });

/** How instructors get in and out. */
export const session: FastifyPluginAsyncTypebox = async (app) => {
  const { auth, accounts } = app;

  app.post('/login', { schema: { body: LoginRequest } }, async (request, reply) => {
    const { name, password } = request.body;
    const known = await accounts.logIn(name, password, request.ip);
    if (!known.ok) return sendLoginRefusal(reply, known.error);
    await auth.logIn(request, reply, known.value);
    return ok({});
  });

  app.post('/password', { schema: { body: PasswordRequest } }, async (request, reply) => {
    const who = await auth.instructorOf(request.headers.cookie);
    if (!who) return sendRefusal(reply, { code: 'session/required' });
    const changed = await accounts.changePassword(who.instructor, request.body.old, request.body.new);
    if (!changed.ok) return sendLoginRefusal(reply, changed.error);
    for (const ended of await auth.endAll(who.instructor)) app.endSession(ended);
    await auth.logIn(request, reply, who.instructor);
    return ok({});
  });

  app.get('/session', async (request, reply) => {
    const who = await auth.instructorOf(request.headers.cookie);
    const account = who && (await app.store.instructors.byId(who.instructor));
    void reply.header('cache-control', 'no-store');
    return ok({ instructor: who !== null, ...(account && { name: account.name }) });
  });

  app.post('/logout', async (request, reply) => {
    const who = await auth.logOut(request, reply);
    if (who) app.endSession(who.session);
    return ok({});
  });
};

function sendLoginRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.code === 'login/wait') void reply.header('retry-after', refusal.with?.['seconds']);
  return sendRefusal(reply, refusal);
}
