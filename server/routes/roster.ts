import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyError } from 'fastify';
import { commandKey } from '../../shared/classroom/evolve.ts';
import type { RosterEntry } from '../../shared/classroom/roster-entry.ts';
import { ROSTER_MAX } from '../../shared/classroom/roster-max.ts';
import { RosterRequestSchema } from '../../shared/protocol/schemas.ts';
import { ok } from '../../shared/result.ts';
import { command } from '../classroom/command.ts';
import { hashPin } from '../secrets/slow-hash.ts';
import { sendRefusal } from './send-refusal.ts';

const Params = Type.Object({ classroomId: Type.String({ maxLength: 64 }) });

/** A thousand of the longest names, in whichever script; no socket takes a message of that size. */
const BODY_MAX = 1024 * 1024;

/**
 * POST /api/classrooms/…/roster: the whole class list with its PINs, from the instructor whose classroom it
 * is.
 */
export const roster: FastifyPluginAsyncTypebox = async (app) => {
  const { auth, lab } = app;

  app.post(
    '/classrooms/:classroomId/roster',
    {
      bodyLimit: BODY_MAX,
      schema: { params: Params, body: RosterRequestSchema },
      // Before anything of the body is read: nobody else has so much to say.
      onRequest: async (request, reply) => {
        const who = await auth.instructorOf(request.headers.cookie);
        if (!who) await sendRefusal(reply, { code: 'session/required' });
      },
      errorHandler: (error: FastifyError, _request, reply) => {
        if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error;
        void sendRefusal(reply, TOO_LONG);
      },
    },
    async (request, reply) => {
      const { id, students } = request.body;
      const who = await auth.instructorOf(request.headers.cookie);
      const classroom = await lab.classrooms.get(request.params.classroomId);
      if (!who || classroom?.owner !== who.instructor) {
        return sendRefusal(reply, { code: 'classroom/not-found' });
      }
      if (classroom.commands.has(commandKey(who.instructor, id))) return ok(null);
      if (students.length > ROSTER_MAX) return sendRefusal(reply, TOO_LONG);
      const ask = { type: 'set-roster', roster: await hashed(students) } as const;
      const done = await command(lab, classroom.id, ask, { by: who.instructor, cmd: id });
      return done.ok ? ok(null) : sendRefusal(reply, done.error);
    },
  );
};

const TOO_LONG = { code: 'roster/too-long', with: { max: ROSTER_MAX } } as const;

/**
 * One after the other, so that nobody who types a password or a PIN meanwhile waits behind the whole list.
 */
async function hashed(students: readonly { name: string; pin: string }[]): Promise<RosterEntry[]> {
  const entries: RosterEntry[] = [];
  for (const { name, pin } of students) entries.push({ name, pinHash: await hashPin(pin) });
  return entries;
}
