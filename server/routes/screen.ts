import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ScreenReply } from '../../shared/protocol/messages.ts';
import { ScreenRequestSchema } from '../../shared/protocol/schemas.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, type Result } from '../../shared/result.ts';
import { hashOf, newSecret } from '../secrets/tokens.ts';
import { sendRefusal } from './send-refusal.ts';

/** POST /api/screen: the projector's page, opened by the link that the instructor's page made. */
export const screen: FastifyPluginAsyncTypebox = async (app) => {
  const { lab, store } = app;

  app.post('/screen', { schema: { body: ScreenRequestSchema } }, async (request, reply) => {
    const token = newSecret();
    const { link } = request.body;
    const classroomId = await store.screens.useLink(hashOf(link), hashOf(token), lab.clock.now());
    if (classroomId === null) return sendRefusal(reply, { code: 'setup/invalid-link' });
    return ok({ classroomId, token }) satisfies Result<ScreenReply, Refusal>;
  });
};
