import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Buckets } from '../buckets.ts';
import { enter } from '../classroom/enter.ts';
import type { Limits } from '../limits.ts';
import { sendRefusal } from './send-refusal.ts';

const PracticeRequest = Type.Object(
  { name: Type.Optional(Type.String({ maxLength: 400 })) },
  { additionalProperties: false },
);

/** POST /api/practice: a classroom of one's own, with bots. */
export const practice: FastifyPluginAsyncTypebox<{ limits: Limits }> = async (app, { limits }) => {
  const { lab } = app;
  const practices = new Buckets(lab.clock, limits.practices);

  app.post('/practice', { schema: { body: PracticeRequest } }, async (request, reply) => {
    if (!practices.take(request.ip)) return sendRefusal(reply, { code: 'message/too-fast' });
    const opened = await lab.classrooms.openPractice();
    if (!opened.ok) return sendRefusal(reply, opened.error);
    const { name = 'Me' } = request.body;
    const entered = await enter(lab, opened.value.id, { name, from: request.ip, address: request.ip });
    return entered.ok ? entered : sendRefusal(reply, entered.error);
  });
};
