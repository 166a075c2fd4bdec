import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { refuse } from '../../shared/result.ts';
import { Buckets } from '../buckets.ts';
import type { Limits } from '../limits.ts';
import { enter } from './join.ts';
import { statusOf } from './status-of.ts';

const PracticeRequest = Type.Object(
  { name: Type.Optional(Type.String({ maxLength: 400 })) },
  { additionalProperties: false },
);

/** POST /api/practice: a classroom of one's own, with bots. */
export const practice: FastifyPluginAsyncTypebox<{ limits: Limits }> = async (app, { limits }) => {
  const { lab } = app;
  const practices = new Buckets(lab.clock, limits.practices);

  app.post('/practice', { schema: { body: PracticeRequest } }, async (request, reply) => {
    if (!practices.take(request.ip)) return reply.code(429).send(refuse({ code: 'message/too-fast' }));
    const opened = await lab.classrooms.openPractice();
    const entered = opened.ok ? await enter(lab, opened.value.id, request.body.name ?? 'Me') : opened;
    return entered.ok ? entered : reply.code(statusOf(entered.error)).send(entered);
  });
};
