import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { JoinReply } from '../../shared/protocol/messages.ts';
import { JoinRequestSchema } from '../../shared/protocol/schemas.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { Buckets } from '../buckets.ts';
import { command } from '../classroom/command.ts';
import { newPlayerId, readCode } from '../classroom/ids.ts';
import type { Lab } from '../classroom/lab.ts';
import type { Limits } from '../limits.ts';
import { hashOf, newRejoinToken } from '../secrets/tokens.ts';
import { statusOf } from './status-of.ts';

/** A code that leads nowhere is answered after this time, why ever it does not. */
const WRONG_CODE_MS = 150;
/** Who has tried too many wrong codes waits so long at most for each further try … */
const LONGEST_WAIT_MS = 6000;
/** … and so many tries of one address wait at the same time. */
const MOST_WAITING = 10;

/** POST /api/join: with a code and a name into a classroom. */
export const join: FastifyPluginAsyncTypebox<{ limits: Limits }> = async (app, { limits }) => {
  const { lab } = app;
  const wrongCodes = new Buckets(lab.clock, limits.wrongCodes);
  const waiting = new Map<string, number>();
  const pause = (ms: number) => new Promise<void>((resolve) => lab.clock.after(ms, resolve));

  /** Slows down, rather than refuses: a whole school may share the address with one who guesses. */
  const queueUp = async (address: string): Promise<boolean> => {
    const waitMs = Math.min(wrongCodes.waitMs(address), LONGEST_WAIT_MS);
    if (waitMs === 0) return true;
    const others = waiting.get(address) ?? 0;
    if (others >= MOST_WAITING) return false;
    waiting.set(address, others + 1);
    await pause(waitMs);
    const left = (waiting.get(address) ?? 1) - 1;
    if (left > 0) waiting.set(address, left);
    else waiting.delete(address);
    return true;
  };

  app.post('/join', { schema: { body: JoinRequestSchema } }, async (request, reply) => {
    const { code, name } = request.body;
    if (!(await queueUp(request.ip))) return reply.code(429).send(refuse({ code: 'message/too-fast' }));
    const startedAt = lab.clock.now();
    const typed = readCode(code);
    const classroom = typed === null ? null : await lab.classrooms.byCode(typed);
    const joined: Result<JoinReply, Refusal> = classroom
      ? await enter(lab, classroom.id, name)
      : refuse({ code: 'classroom/not-found' });
    if (joined.ok) return joined;

    // Locked, closed and not there look the same from outside: a code that was guessed right must not show.
    const { error } = joined;
    if (!error.code.startsWith('classroom/')) return reply.code(statusOf(error)).send(joined);
    wrongCodes.charge(request.ip);
    await pause(startedAt + WRONG_CODE_MS - lab.clock.now());
    const refusal = { code: 'classroom/not-found' } as const;
    return reply.code(statusOf(refusal)).send(refuse(refusal));
  });
};

/** A new player of this name, and the token by which they come back. */
export async function enter(
  lab: Lab,
  classroomId: string,
  name: string,
): Promise<Result<JoinReply, Refusal>> {
  const token = newRejoinToken(classroomId);
  const player = newPlayerId();
  const ask = { type: 'join', player, name, tokenHash: hashOf(token) } as const;
  const done = await command(lab, classroomId, ask, {});
  return done.ok ? ok({ classroomId, playerId: player, token }) : done;
}
