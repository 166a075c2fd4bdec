import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { RejoinRequestSchema } from '../../shared/protocol/schemas.ts';
import { reenter } from '../classroom/enter.ts';
import { classroomOfToken } from '../secrets/tokens.ts';
import { sendRefusal } from './send-refusal.ts';

/**
 * POST /api/rejoin: a new device takes the place of a lost one. 256 bits are not guessed, so nobody is slowed
 * down here.
 */
export const rejoin: FastifyPluginAsyncTypebox = async (app) => {
  const { lab } = app;

  app.post('/rejoin', { schema: { body: RejoinRequestSchema } }, async (request, reply) => {
    const classroomId = classroomOfToken(request.body.link);
    const joined =
      classroomId === null
        ? null
        : await reenter(lab, classroomId, { ...request.body, device: app.greetDevice(request, reply) });
    if (joined?.ok) return joined;
    // A classroom that is over is told apart from a link that is; one that never was is not.
    const closed = joined?.error.code === 'classroom/closed';
    return sendRefusal(reply, closed ? joined.error : { code: 'rejoin/invalid-link' });
  });
};
