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
import { Turns } from '../store/turns.ts';
import { statusOf } from './status-of.ts';

/** A code that leads nowhere is answered after this time, why ever it does not. */
const WRONG_CODE_MS = 150;
/** While guesses have to wait, so many tries of one address do; further ones are told to come back later. */
const MOST_WAITING = 10;
const EVERYONE = 'everyone';

/** POST /api/join: with a code and a name into a classroom. */
export const join: FastifyPluginAsyncTypebox<{ limits: Limits }> = async (app, { limits }) => {
  const { lab } = app;
  const wrongCodes = new Buckets(lab.clock, limits.wrongCodes);
  const allWrongCodes = new Buckets(lab.clock, limits.allWrongCodes);
  const turns = new Turns();
  const waiting = new Map<string, number>();
  const pause = (ms: number) => new Promise<void>((resolve) => lab.clock.after(ms, resolve));

  /**
   * One try after the other for each address, so that a burst cannot slip through while the first is being looked at. Who has
   * used up the wrong tries is slowed down rather than refused: a whole school may share the address with one who guesses.
   */
  const inTurn = async <T>(address: string, look: () => Promise<T>): Promise<T | 'too-fast'> => {
    waiting.set(address, (waiting.get(address) ?? 0) + 1);
    return turns.take(address, async () => {
      try {
        const waitMs = Math.max(wrongCodes.waitMs(address), allWrongCodes.waitMs(EVERYONE));
        if (waitMs > 0 && (waiting.get(address) ?? 0) > MOST_WAITING) return 'too-fast';
        if (waitMs > 0) await pause(waitMs);
        return await look();
      } finally {
        const left = (waiting.get(address) ?? 1) - 1;
        if (left > 0) waiting.set(address, left);
        else waiting.delete(address);
      }
    });
  };

  const tryCode = async (
    address: string,
    code: string,
    name: string,
  ): Promise<Result<JoinReply, Refusal>> => {
    const typed = readCode(code);
    const classroom = typed === null ? null : await lab.classrooms.byCode(typed);
    const joined = classroom
      ? await enter(lab, classroom.id, name)
      : refuse({ code: 'classroom/not-found' } as const);
    // Locked, closed and not there look the same from outside: a code that was guessed right must not show.
    if (joined.ok || !joined.error.code.startsWith('classroom/')) return joined;
    wrongCodes.charge(address);
    allWrongCodes.charge(EVERYONE);
    return refuse({ code: 'classroom/not-found' });
  };

  app.post('/join', { schema: { body: JoinRequestSchema } }, async (request, reply) => {
    const { code, name } = request.body;
    let startedAt = 0;
    const joined = await inTurn(request.ip, () => {
      startedAt = lab.clock.now();
      return tryCode(request.ip, code, name);
    });
    if (joined === 'too-fast') return reply.code(429).send(refuse({ code: 'message/too-fast' }));
    if (joined.ok) return joined;
    if (joined.error.code === 'classroom/not-found') await pause(startedAt + WRONG_CODE_MS - lab.clock.now());
    return reply.code(statusOf(joined.error)).send(joined);
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
