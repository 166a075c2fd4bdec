import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Classroom } from '../../shared/classroom/classroom.ts';
import type { JoinReply, JoinRequest } from '../../shared/protocol/messages.ts';
import { JoinRequestSchema } from '../../shared/protocol/schemas.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { refuse, type Result } from '../../shared/result.ts';
import { Buckets } from '../buckets.ts';
import { enter } from '../classroom/enter.ts';
import { readCode } from '../classroom/ids.ts';
import type { Limits } from '../limits.ts';
import { isSame } from '../secrets/tokens.ts';
import { Turns } from '../store/turns.ts';
import { sendRefusal } from './send-refusal.ts';

/** A code that leads nowhere is answered after this time, why ever it does not. */
const WRONG_CODE_MS = 150;
/** However many guess, and with however many devices: a code that somebody has typed waits no longer. */
const MOST_PAUSE_MS = 10_000;
/**
 * What the tries of one device may have to wait for each other, before the browser gives up; further ones are
 * told to come back later.
 */
const MOST_QUEUE_MS = 30_000;
const EVERYONE = 'everyone';
/** Of these a typed code tells nothing. */
const HIDDEN: ReadonlySet<string> = new Set(['classroom/not-found', 'classroom/locked', 'classroom/closed']);

/** What was asked, by which device and from where. */
type Joining = JoinRequest & { readonly device: string | null; readonly address: string };

/** POST /api/join: with a code, or a scanned code and its secret, into a classroom. */
export const join: FastifyPluginAsyncTypebox<{ limits: Limits }> = async (app, { limits }) => {
  const { lab } = app;
  const wrongCodes = new Buckets(lab.clock, limits.wrongCodes, MOST_PAUSE_MS);
  const allWrongCodes = new Buckets(lab.clock, limits.allWrongCodes, MOST_PAUSE_MS);
  const joins = new Buckets(lab.clock, limits.joins);
  const turns = new Turns();
  const waiting = new Map<string, number>();
  const pause = (ms: number) => new Promise<void>((resolve) => lab.clock.after(ms, resolve));

  const waitMs = (who: string) => Math.max(wrongCodes.waitMs(who), allWrongCodes.waitMs(EVERYONE));

  /**
   * One try after the other for each device, so that a burst cannot slip through while the first is being
   * looked at. Who has used up the wrong tries is slowed down rather than refused: a whole school may share
   * the address with one who guesses.
   */
  const inTurn = async <T>(
    who: string,
    { raw }: FastifyRequest,
    look: () => Promise<T>,
  ): Promise<T | 'too-fast'> => {
    waiting.set(who, (waiting.get(who) ?? 0) + 1);
    return turns.take(who, async () => {
      try {
        const ms = waitMs(who);
        if (ms * (waiting.get(who) ?? 0) > MOST_QUEUE_MS) return 'too-fast';
        if (ms > 0) await pause(ms);
        // They have given up: nobody would know that they are in.
        if (raw.socket.destroyed) return 'too-fast';
        return await look();
      } finally {
        const left = (waiting.get(who) ?? 1) - 1;
        if (left > 0) waiting.set(who, left);
        else waiting.delete(who);
      }
    });
  };

  const classroomOf = async (code: string): Promise<Classroom | null> => {
    const typed = readCode(code);
    return typed === null ? null : lab.classrooms.byCode(typed);
  };

  /** Only who came in counts: who tries and fails has taken nothing from the others at the address. */
  const admit = async (who: string, { id }: Classroom, request: Joining) => {
    if (joins.waitMs(request.address) > 0) return refuse({ code: 'message/too-fast' } as const);
    const joined = await enter(lab, id, { ...request, from: who });
    if (joined.ok) joins.charge(request.address);
    return joined;
  };

  const tryCode = async (who: string, request: Joining): Promise<Result<JoinReply, Refusal>> => {
    const classroom = await classroomOf(request.code);
    const joined = classroom
      ? await admit(who, classroom, request)
      : refuse({ code: 'classroom/not-found' } as const);
    // Locked, closed and not there look the same from outside: a code that was guessed right must not show.
    if (joined.ok || !HIDDEN.has(joined.error.code)) return joined;
    wrongCodes.charge(who);
    allWrongCodes.charge(EVERYONE);
    lab.alerts.wrongCode(waitMs(who) > 0);
    return refuse({ code: 'classroom/not-found' });
  };

  /**
   * Who has scanned the QR code has not guessed: nobody's guessing holds them up, and they are told what is
   * the matter.
   */
  const tryScanned = async (who: string, request: Joining): Promise<Result<JoinReply, Refusal> | null> => {
    if (request.secret === undefined) return null;
    const classroom = await classroomOf(request.code);
    if (!classroom?.secret || !isSame(request.secret, classroom.secret)) return null;
    return admit(who, classroom, request);
  };

  app.post('/join', { schema: { body: JoinRequestSchema } }, async (request, reply) => {
    const who = app.whoTries(request);
    const asked = { ...request.body, device: app.greetDevice(request, reply), address: request.ip };
    const scanned = await tryScanned(who, asked);
    if (scanned) return answer(reply, scanned);
    let startedAt = 0;
    const joined = await inTurn(who, request, () => {
      startedAt = lab.clock.now();
      return tryCode(who, asked);
    });
    if (joined === 'too-fast') return sendRefusal(reply, { code: 'message/too-fast' });
    if (!joined.ok && joined.error.code === 'classroom/not-found') {
      await pause(startedAt + WRONG_CODE_MS - lab.clock.now());
    }
    return answer(reply, joined);
  });
};

function answer(reply: FastifyReply, joined: Result<JoinReply, Refusal>): unknown {
  return joined.ok ? joined : sendRefusal(reply, joined.error);
}
