import type { Namespace, Socket } from 'socket.io';
import type { Classroom } from '../../shared/classroom/types.ts';
import type { ServerToTeach, TeachToServer } from '../../shared/protocol/messages.ts';
import { TEACH_SCHEMAS } from '../../shared/protocol/schemas.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import type { Command, Role } from '../../shared/table/types.ts';
import { command } from '../classroom/command.ts';
import { classroomOfTable } from '../classroom/ids.ts';
import type { Lab } from '../classroom/lab.ts';
import { emitterFor, viewEmitterFor } from './emit.ts';
import { compileChecks, guard, onGone, type Guard } from './guarded.ts';
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
}

/** How often a connection looks whether its session is over. */
const SESSION_CHECK_MS = 5 * 60_000;

const CHECKS = compileChecks<TeachToServer>(TEACH_SCHEMAS);

/** The room of a session's connections, so that they end when it does. */
export function sessionRoom(session: string): string {
  return `session:${session}`;
}

/** Namespace /teach: instructors, each with their own classrooms. */
export function teach(namespace: Namespace, deps: TeachDeps): void {
  const { lab, guarding, admit, isLoggedIn, endSession } = deps;
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
        (error: unknown) => guarding.fault(error, 'session'),
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
          const sendMinis = (minis: ServerToTeachMinis) => emit('classroom:minis', { classroomId, minis });
          const stopBoth = () => {
            stop();
            lab.minis.leave(classroomId, sendMinis);
          };
          stopWatching = stopBoth;
          const minis = await lab.minis.watch(classroom.value, sendMinis);
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

        'classroom:set-roster': notYet,
        'classroom:rejoin-link': notYet,
        'screen:link': notYet,
        'round:marks': notYet,
        'round:export': notYet,

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

type ServerToTeachMinis = Parameters<ServerToTeach['classroom:minis']>[0]['minis'];

/** Declared, and not served yet. */
function notYet(): Result<never, Refusal> {
  return refuse({ code: 'server/busy' });
}

/** Seats and clock of a table are its round's: they are set through the classroom, which the table follows. */
function isTheRounds(asked: Command): boolean {
  return asked.type === 'seat' || asked.type === 'set-clock';
}
