import type { Namespace, Socket } from 'socket.io';
import type { Classroom } from '../../shared/classroom/classroom.ts';
import type { ServerToTeach, TeachToServer } from '../../shared/protocol/messages.ts';
import { TEACH_SCHEMAS } from '../../shared/protocol/schemas.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { marksOf } from '../../shared/grading/marks.ts';
import { scenarioById } from '../../shared/scenario/library/library.ts';
import type { Command } from '../../shared/table/command.ts';
import type { Role } from '../../shared/table/seats.ts';
import { command } from '../classroom/command.ts';
import { classroomOfTable } from '../classroom/ids.ts';
import type { Lab } from '../classroom/lab.ts';
import type { RoundWatcher } from '../classroom/live-rounds.ts';
import { exportCsv, roundTables } from '../classroom/round-export.ts';
import { derivedSecret, hashOf, rejoinToken } from '../secrets/tokens.ts';
import type { Screens } from '../store/screens.ts';
import { emitterFor, viewEmitterFor } from './emit.ts';
import { onGone } from './gone.ts';
import { compileChecks, guard, type Guard } from './guarded.ts';
import { admitOnly } from './namespace.ts';
import { scenarioCards } from './scenario-cards.ts';
import { TableDesk } from './table-desk.ts';

/** A logged-in instructor; `session` is the hash of the session's id. */
interface Instructor {
  readonly instructor: string;
  readonly session: string;
}

export interface TeachDeps {
  readonly lab: Lab;
  readonly guarding: Guard;
  readonly admit: (socket: Socket) => Promise<Result<Instructor, Refusal>>;
  /** Whether the session still is one; asking counts as using it. */
  readonly isLoggedIn: (session: string) => Promise<boolean>;
  readonly endSession: (session: string) => void;
  readonly screens: Screens;
  /** Where browsers find the lab, without a slash at the end. */
  readonly baseUrl: () => string;
}

/** A link that somebody is to open now, on another device. */
const LINK_MS = 10 * 60_000;

/** How often a connection looks whether its session is over. */
const SESSION_CHECK_MS = 5 * 60_000;

const CHECKS = compileChecks<TeachToServer>(TEACH_SCHEMAS);

/** The room of a session's connections, so that they end when it does. */
export function sessionRoom(session: string): string {
  return `session:${session}`;
}

/** Namespace /teach: instructors, each with their own classrooms. */
export function teach(namespace: Namespace, deps: TeachDeps): void {
  const { lab, guarding, admit, isLoggedIn, endSession, screens, baseUrl } = deps;
  const whoIs = admitOnly(namespace, admit, (error) => guarding.fault(error, 'connect'));

  namespace.on('connection', (socket) => {
    const { instructor, session } = whoIs(socket);
    void socket.join(sessionRoom(session));
    const emit = emitterFor<ServerToTeach>(socket, guarding.limits);
    const asInstructor = (): Result<Role, Refusal> => ok('instructor');
    const desk = new TableDesk(lab.tableViews, asInstructor, viewEmitterFor(socket, guarding.limits));
    let stopWatching = () => {};
    const checkSession = () => {
      timer = lab.clock.after(SESSION_CHECK_MS, checkSession);
      isLoggedIn(session).then(
        (still) => {
          if (!still) endSession(session);
        },
        (error: unknown) => {
          // Of one that has gone meanwhile nobody wants to know; the server may be about to stop.
          if (socket.connected) guarding.fault(error, 'session');
        },
      );
    };
    let timer = lab.clock.after(SESSION_CHECK_MS, checkSession);
    onGone(socket, () => {
      timer.cancel();
      stopWatching();
      desk.close();
    });

    /** Other people's classrooms do not exist. */
    const mine = async (classroomId: string): Promise<Result<Classroom, Refusal>> => {
      const classroom = await lab.classrooms.get(classroomId);
      return classroom?.owner === instructor ? ok(classroom) : refuse({ code: 'classroom/not-found' });
    };
    const mayTouch = async (tableId: string): Promise<Result<Classroom, Refusal>> => {
      const classroom = await mine(classroomOfTable(tableId));
      return classroom.ok ? classroom : refuse({ code: 'table/not-found' });
    };

    guard<TeachToServer>(
      socket,
      `instructor ${instructor}`,
      CHECKS,
      {
        'clock:read': () => ok({ at: lab.clock.now() }),
        'scenarios:list': () => ok(scenarioCards()),

        'classrooms:list': async () => {
          const owned = await lab.classrooms.ownedBy(instructor);
          return ok(
            owned.map(({ classroom, openedAt }) => ({
              classroomId: classroom.id,
              code: classroom.code,
              openedAt,
              people: classroom.players.filter((player) => !player.removed).length,
              closed: classroom.closed,
            })),
          );
        },

        'classroom:open': async ({ id }) => {
          const opened = await lab.classrooms.open(instructor, id);
          return opened.ok ? ok({ classroomId: opened.value.id }) : opened;
        },

        'classroom:watch': async ({ classroomId }) => {
          const classroom = await mine(classroomId);
          if (!classroom.ok) return classroom;
          stopWatching();
          const { view, stop } = lab.classroomViews.watchAsTeacher(classroom.value, (changed) =>
            emit('classroom:view', changed),
          );
          const watcher: RoundWatcher = {
            minis: (minis) => emit('classroom:minis', { classroomId, minis }),
            misconceptions: (round, counts) =>
              emit('classroom:misconceptions', { classroomId, round, counts }),
          };
          const stopBoth = () => {
            stop();
            lab.liveRounds.leave(classroomId, watcher);
          };
          stopWatching = stopBoth;
          // After a restart nobody may have come yet who would have it looked at.
          lab.absences.look(classroom.value);
          const minis = await lab.liveRounds.watch(classroom.value, watcher);
          // Gone, or turned to another classroom, in the meantime.
          if (!socket.connected || stopWatching !== stopBoth) stopBoth();
          return view ? ok({ view, minis }) : refuse({ code: 'classroom/not-found' });
        },

        'classroom:command': async ({ classroomId, id, command: asked }) => {
          const classroom = await mine(classroomId);
          if (!classroom.ok) return classroom;
          const done = await command(lab, classroomId, asked, { by: instructor, cmd: id });
          return done.ok ? ok(null) : done;
        },

        'classroom:rejoin-link': async ({ classroomId, id, player }) => {
          const classroom = await mine(classroomId);
          if (!classroom.ok) return classroom;
          // Asked again it is the same link, of which only the hash is kept.
          const secret = derivedSecret(lab.tokenKey, 'rejoin-link', classroomId, player, id);
          const link = rejoinToken(classroomId, secret);
          const ask = {
            type: 'issue-rejoin',
            player,
            linkHash: hashOf(link),
            expiresAt: lab.clock.now() + LINK_MS,
          } as const;
          const done = await command(lab, classroomId, ask, { by: instructor, cmd: id });
          if (!done.ok) return done;
          const issued = done.value.players.find((one) => one.id === player)?.rejoin;
          const expiresAt = issued?.linkHash === ask.linkHash ? issued.expiresAt : ask.expiresAt;
          return ok({ url: `${baseUrl()}/rejoin#${link}`, expiresAt });
        },

        'screen:link': async ({ classroomId, id }) => {
          const classroom = await mine(classroomId);
          if (!classroom.ok) return classroom;
          if (classroom.value.closed) return refuse({ code: 'classroom/closed' });
          const link = derivedSecret(lab.tokenKey, 'screen-link', classroomId, id);
          await screens.addLink(hashOf(link), classroomId, lab.clock.now() + LINK_MS);
          return ok({ url: `${baseUrl()}/screen#${link}` });
        },

        'round:marks': async ({ classroomId, round }) => {
          const found = await roundTables(lab, await mine(classroomId), round);
          if (!found.ok) return found;
          return ok(
            found.value.tables.flatMap((table) =>
              marksOf(table).map((mark) => ({ ...mark, tableId: table.id })),
            ),
          );
        },

        'round:export': async ({ classroomId, round, locale }) => {
          const found = await roundTables(lab, await mine(classroomId), round);
          return found.ok ? ok(exportCsv(found.value, locale)) : found;
        },

        'scenario:read': ({ scenarioId }) => {
          const scenario = scenarioById(scenarioId);
          return scenario ? ok(scenario) : refuse({ code: 'scenario/not-found' });
        },

        'table:watch': async ({ tableId }) => {
          const allowed = await mayTouch(tableId);
          return allowed.ok ? desk.watch(tableId) : allowed;
        },
        'table:leave': ({ tableId }) => desk.leave(tableId),
        'table:command': async ({ tableId, id, command: asked }) => {
          if (isTheRounds(asked)) return refuse({ code: 'seat/not-allowed' });
          const allowed = await mayTouch(tableId);
          if (!allowed.ok) return allowed;
          return lab.tables.command(tableId, asked, { roleAt: asInstructor, by: instructor, cmd: id });
        },
      },
      guarding,
    );
  });
}

/**
 * Seats, clock and limit of a table are its round's: they are set through the classroom, which the table
 * follows.
 */
function isTheRounds({ type }: Command): boolean {
  return ['seat', 'set-clock', 'set-limit', 'lend-seat', 'return-seat'].includes(type);
}
