import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { LOCALES } from '../../shared/scenario/locales.ts';
import { exportCsv, exportJson, roundTables, type RoundTables } from '../classroom/round-export.ts';
import { sendRefusal } from './send-refusal.ts';

const Params = Type.Object({
  classroomId: Type.String({ maxLength: 64 }),
  round: Type.String({ maxLength: 64 }),
});
const Query = Type.Object({ locale: Type.Optional(Type.Enum([...LOCALES])) });

/** Downloads of a round, for the instructor whose classroom it is. */
export const exports: FastifyPluginAsyncTypebox = async (app) => {
  const { auth, lab } = app;

  const find = async (
    cookie: string | undefined,
    { classroomId, round }: { readonly classroomId: string; readonly round: string },
  ): Promise<Result<RoundTables, Refusal>> => {
    const who = await auth.instructorOf(cookie);
    if (!who) return refuse({ code: 'session/required' });
    const classroom = await lab.classrooms.get(classroomId);
    const mine = classroom?.owner === who.instructor;
    return roundTables(lab, mine ? ok(classroom) : refuse({ code: 'classroom/not-found' }), round);
  };

  app.get(
    '/classrooms/:classroomId/rounds/:round.csv',
    { schema: { params: Params, querystring: Query } },
    async (request, reply) => {
      const found = await find(request.headers.cookie, request.params);
      if (!found.ok) return sendRefusal(reply, found.error);
      const { fileName, csv } = exportCsv(found.value, request.query.locale ?? 'en');
      return download(reply, fileName, 'text/csv; charset=utf-8').send(csv);
    },
  );

  app.get(
    '/classrooms/:classroomId/rounds/:round.json',
    { schema: { params: Params } },
    async (request, reply) => {
      const found = await find(request.headers.cookie, request.params);
      if (!found.ok) return sendRefusal(reply, found.error);
      const { fileName, json } = exportJson(found.value);
      return download(reply, fileName, 'application/json; charset=utf-8').send(JSON.stringify(json, null, 2));
    },
  );
};

function download(reply: FastifyReply, fileName: string, type: string): FastifyReply {
  return reply
    .type(type)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${fileName}"`);
}
