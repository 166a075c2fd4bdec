import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import type { Classroom } from '../shared/classroom/classroom.ts';
import type { TSchema } from 'typebox';
import { REFUSALS } from '../shared/refusals.ts';
import { ok, type Result } from '../shared/result.ts';
import type { Refusal } from '../shared/refusals.ts';
import { PLAY_SCHEMAS, SCREEN_SCHEMAS, TEACH_SCHEMAS } from '../shared/protocol/schemas.ts';
import type { ScreenReply } from '../shared/protocol/messages.ts';
import { LIBRARY } from '../shared/scenario/library/library.ts';
import { fill } from '../shared/tcp/due.ts';
import { expect as dueNow } from '../shared/tcp/expect.ts';
import { fingerprint } from '../shared/table/random-play.testing.ts';
import { startLab, type Client, type Lab } from './app.testing.ts';
import { arbitraryOf, type Known } from './arbitrary-of.testing.ts';
import { ManualClock } from './clock.testing.ts';

/*
 * Whatever may be said is said, by everybody, in any order: students, two pages of the instructor and the
 * projector. The server answers all of it, keeps what it acknowledged, and tells nobody what is not theirs to
 * know.
 */

vi.setConfig({ testTimeout: 120_000 });

const PLENTY = { burst: 100_000, perS: 100_000 };
const PEOPLE = ['Canary Ana', 'Canary Bo', 'Canary Chidi', 'Canary Dana', 'Canary Eva'];

let lab: Lab | null = null;
afterEach(() => lab?.stop());

interface Speaker {
  readonly client: Client<never, never>;
  readonly schemas: Readonly<Record<string, TSchema>>;
  readonly frames: string[];
}

function speaker(client: unknown, schemas: Readonly<Record<string, TSchema>>): Speaker {
  const frames: string[] = [];
  const { socket } = client as Client<never, never>;
  socket.io.engine.on('packet', ({ data }: { data?: unknown }) => frames.push(String(data)));
  return { client: client as Client<never, never>, schemas, frames };
}

/** The reply; null if the connection was ended instead. */
function say(
  { client: { socket } }: Speaker,
  message: string,
  req: unknown,
): Promise<Result<unknown, Refusal> | null> {
  if (!socket.connected) return Promise.resolve(null);
  return new Promise((resolve) => {
    socket.once('disconnect', () => resolve(null));
    socket.emit(message, req, resolve);
  });
}

const knownOf = (classroom: Classroom): Known => {
  const { players, rounds, polls } = classroom;
  const questions = LIBRARY.slice(0, 3).flatMap((scenario) => scenario.questions);
  return {
    classroomId: [classroom.id],
    tableId: rounds.flatMap(({ tables }) => tables.map(({ tableId }) => tableId)),
    round: rounds.map(({ id }) => id),
    player: players.map(({ id }) => id),
    // Of a command, or of who is to sit down.
    id: ['c1', 'c2', 'c3', ...players.map(({ id }) => id)],
    scenarioId: LIBRARY.map(({ id }) => id),
    questionId: questions.map(({ id }) => id),
    poll: polls.map(({ id }) => id),
    choice: questions.flatMap(({ choices }) => choices.map(({ id }) => id)),
    name: [...PEOPLE, 'Zoë', 'Teacher', ''],
    flight: ['c1', 's1', 'c2', 's2', 'c1.2'],
    again: ['S', 'S.', '.', 'F.'],
  };
};

test('whatever is said in whichever order is answered, kept, and tells nobody what is not theirs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const clock = new ManualClock();
      const limits = { messages: PLENTY };
      lab = await startLab({ clock, limits }, { logLevel: 'silent' });
      const faults = vi.spyOn(lab.app.log, 'error');
      const cookie = await lab.logIn();
      const teacher = await lab.teach(cookie);
      const { classroomId } = await teacher.do('classroom:open', { id: 'open' });
      const { view } = await teacher.do('classroom:watch', { classroomId });
      const { code } = view;
      const { url } = await teacher.do('screen:link', { classroomId, id: 'screen' });
      const link = new URL(url).hash.slice(1);
      const { body } = await lab.post<ScreenReply>('api/screen', { link });
      const projector = speaker(await lab.project(body.ok ? body.value.token : ''), SCREEN_SCHEMAS);
      const students: Speaker[] = [];
      for (const name of PEOPLE) {
        const { token } = await lab.join(code, name);
        students.push(speaker(await lab.play(token), PLAY_SCHEMAS));
      }
      const teachers = [speaker(teacher, TEACH_SCHEMAS), speaker(await lab.teach(cookie), TEACH_SCHEMAS)];
      const everybody = [...students, ...students, ...teachers, projector];
      const classroom = async () => (await lab!.app.lab.classrooms.get(classroomId))!;

      /** What is due at one of the tables, so that something comes of it. */
      const playRight = async (known: Known) => {
        for (const tableId of known['tableId'] ?? []) {
          const read = await lab!.app.lab.tables.read(tableId, (table) => ok(table));
          if (!read.ok || read.value.phase !== 'running') continue;
          for (const side of ['client', 'server'] as const) {
            const { asked } = read.value.play[side];
            const due = dueNow(read.value.ends[side])[0];
            const command = asked
              ? { type: 'label', state: asked.end.state }
              : due
                ? { type: 'send', seg: { ...fill(due), text: undefined } }
                : { type: 'nothing' };
            for (const student of students) {
              await say(student, 'table:command', { tableId, id: `right${++rights}`, command });
            }
          }
        }
      };
      let rights = 0;

      const started = { scenarioId: g(() => fc.constantFrom(...LIBRARY)).id, seating: 'triples' } as const;
      const begin = [{ type: 'prepare-round', ...started }, { type: 'start-round' }] as const;
      for (const command of begin) {
        await teacher.do('classroom:command', { classroomId, id: command.type, command });
      }

      const steps = g(fc.integer, { min: 20, max: 40 });
      for (let step = 0; step < steps; step++) {
        const known = knownOf(await classroom());
        const burst = g(fc.integer, { min: 1, max: 4 });
        const said = Array.from({ length: burst }, async () => {
          const who = everybody[g(fc.nat, { max: everybody.length - 1 })]!;
          const message = g(() => fc.constantFrom(...Object.keys(who.schemas)));
          const req = harmless(g(() => arbitraryOf(who.schemas[message]!, known)));
          return { message, req, reply: await say(who, message, req) };
        });
        for (const { message, req, reply } of await Promise.all(said)) {
          if (reply === null) continue;
          const what = `${message} ${JSON.stringify(req)} ${JSON.stringify(reply).slice(0, 200)}`;
          if (reply.ok) continue;
          expect(REFUSALS, what).toContain(reply.error.code);
          expect(['message/invalid', 'server/fault'], what).not.toContain(reply.error.code);
        }
        if (step % 5 === 0) await playRight(known);
        clock.advance(g(fc.integer, { min: 0, max: 5000 }));
      }
      expect(faults.mock.calls).toEqual([]);

      // Nobody heard what is nobody's to know, and the projector no name.
      const kept = await lab.app.store.classrooms.read(classroomId);
      const hashes = kept.flatMap((entry) => ('tokenHash' in entry ? [entry.tokenHash] : []));
      const seeds = (await classroom()).rounds.map(({ seed }) => seed);
      const secrets = [...hashes, ...seeds];
      for (const { frames } of everybody) {
        const all = frames.join('\n');
        for (const one of secrets) expect(all.includes(one)).toBe(false);
        expect(/"(tokenHash|pinHash|linkHash|seed|devices)"/.exec(all)).toBeNull();
      }
      for (const { frames } of students)
        expect(/"(extraTime|joinUrl|time)"/.exec(frames.join('\n'))?.[0]).toBeUndefined();
      expect(projector.frames.filter((frame) => frame.includes('Canary'))).toEqual([]);

      // What was acknowledged is there when the server is started again.
      const looked = async () => {
        const now = await classroom();
        const tables = [];
        for (const { tableId } of now.rounds.flatMap((round) => round.tables)) {
          const read = await lab!.app.lab.tables.read(tableId, (table) => ok(fingerprint(table)));
          tables.push(read);
        }
        return { now, tables };
      };
      const before = await looked();
      const { dataDir } = lab;
      await lab.stop('keep');
      lab = await startLab({ clock, limits }, { dataDir, logLevel: 'silent' });
      expect(await looked()).toEqual(before);
      await lab.stop();
      lab = null;
    }),
    { numRuns: 2, endOnFailure: true },
  );
});

/** The class goes on, and no name is ever allowed on the screen. */
function harmless(req: unknown): unknown {
  const { command } = req as { command?: { type?: string; screen?: object } };
  if (command?.type === 'close') return { ...(req as object), command: { type: 'end-round' } };
  if (command?.screen)
    return { ...(req as object), command: { ...command, screen: { ...command.screen, names: false } } };
  return req;
}
