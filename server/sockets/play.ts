import type { Namespace, Socket } from 'socket.io';
import { answersShown } from '../../shared/classroom/answers-shown.ts';
import type { RoundTable } from '../../shared/classroom/round.ts';
import type { Mark } from '../../shared/grading/mark.ts';
import { marksOf } from '../../shared/grading/marks.ts';
import type { PlayToServer, ServerToPlay } from '../../shared/protocol/messages.ts';
import { PLAY_SCHEMAS } from '../../shared/protocol/schemas.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { seatOf } from '../../shared/table/seat-of.ts';
import type { Role } from '../../shared/table/seats.ts';
import type { Table } from '../../shared/table/table.ts';
import { command } from '../classroom/command.ts';
import { newRoundId } from '../classroom/ids.ts';
import type { Lab } from '../classroom/lab.ts';
import { classroomOfToken, hashOf } from '../secrets/tokens.ts';
import { emitterFor, viewEmitterFor } from './emit.ts';
import { onGone } from './gone.ts';
import { compileChecks, guard, type Guard } from './guarded.ts';
import { admitOnly } from './namespace.ts';
import { scenarioCards } from './scenario-cards.ts';
import { TableDesk } from './table-desk.ts';

interface Who {
  readonly classroomId: string;
  readonly player: string;
  readonly tokenHash: string;
}

const CHECKS = compileChecks<PlayToServer>(PLAY_SCHEMAS);

/** Namespace /play: students. The newest connection of a student has the seat. */
export function play(namespace: Namespace, lab: Lab, guarding: Guard): void {
  const whoIs = admitOnly<Who>(
    namespace,
    (socket) => admit(lab, socket),
    (error) => guarding.fault(error, 'connect'),
  );

  namespace.on('connection', (socket) => {
    const { classroomId, player, tokenHash } = whoIs(socket);
    const emit = emitterFor<ServerToPlay>(socket, guarding.limits);
    const roleAt = (table: Table) => roleOf(table, player);
    const desk = new TableDesk(lab.tableViews, roleAt, viewEmitterFor(socket, guarding.limits), async () => {
      const classroom = await lab.classrooms.get(classroomId);
      return classroom ? answersShown(classroom) : () => false;
    });
    let leave = () => {};
    let stopWatching = () => {};
    onGone(socket, () => {
      leave();
      stopWatching();
      desk.close();
    });

    leave = lab.presence.enter(classroomId, player, {
      tokenHash,
      moved: () => {
        emit('seat:moved', {});
        socket.disconnect(true);
      },
      sentOff: (reason) => {
        emit('seat:removed', { reason });
        socket.disconnect(true);
      },
    });
    // Whoever has made room may have ended this connection with their own.
    if (!socket.connected) {
      leave();
      return;
    }

    sitDown(lab, classroomId, player).catch((error: unknown) => guarding.fault(error, 'connect'));

    guard<PlayToServer>(
      socket,
      player,
      CHECKS,
      {
        'clock:read': () => ok({ at: lab.clock.now() }),
        'scenarios:list': () => ok(scenarioCards()),

        'classroom:watch': async () => {
          const classroom = await lab.classrooms.get(classroomId);
          if (!classroom) return refuse({ code: 'classroom/not-found' });
          stopWatching();
          const { view, stop } = lab.classroomViews.watchAsStudent(classroom, player, (changed) =>
            emit('classroom:view', changed),
          );
          stopWatching = stop;
          if (!socket.connected) stop();
          return view ? ok(view) : refuse({ code: 'player/removed' });
        },

        'practice:start': async ({ id, scenarioId, seat }) => {
          const ask = { type: 'practise', player, scenarioId, seat } as const;
          const done = await command(lab, classroomId, ask, { by: player, cmd: id });
          if (!done.ok) return done;
          const round = done.value.rounds.find((one) => one.id === newRoundId(classroomId, player, id));
          const table = round?.tables[0];
          return table ? ok({ tableId: table.tableId }) : refuse({ code: 'round/none' });
        },

        'poll:answer': async ({ id, poll, choice }) => {
          const ask = { type: 'answer-poll', player, poll, choice } as const;
          const done = await command(lab, classroomId, ask, { by: player, cmd: id });
          return done.ok ? ok(null) : done;
        },

        'table:watch': ({ tableId }) => desk.watch(tableId),
        'table:leave': ({ tableId }) => desk.leave(tableId),
        'table:marks': ({ tableId }) => lab.tables.read(tableId, (table) => ownMarks(table, player)),
        'table:command': ({ tableId, id, command: asked }) =>
          lab.tables.command(tableId, asked, { roleAt, by: player, cmd: id }),
      },
      guarding,
    );
  });
}

function roleOf(table: Table, player: string): Result<Role, Refusal> {
  const seat = seatOf(table.seats, player);
  return seat === null ? refuse({ code: 'seat/not-yours' }) : ok(seat);
}

function ownMarks(table: Table, player: string): Result<readonly Mark[], Refusal> {
  const role = roleOf(table, player);
  if (!role.ok) return role;
  // What counts as right would tell whoever still plays.
  if (table.phase !== 'ended') return refuse({ code: 'marks/not-yet' });
  return ok(marksOf(table).filter((mark) => mark.player === player));
}

/** Whoever comes back and has no seat in a round sits down like those who come late. */
async function sitDown(lab: Lab, classroomId: string, player: string): Promise<void> {
  const classroom = await lab.classrooms.get(classroomId);
  const seatless = classroom?.rounds.some(
    ({ phase, tables }) =>
      phase !== 'ended' && tables.every(({ seats }: RoundTable) => seatOf(seats, player) === null),
  );
  if (seatless) await command(lab, classroomId, { type: 'take-seat', player }, {});
}

/** The rejoin token says who it is; it comes in the handshake's `auth`, never in the address. */
async function admit(lab: Lab, socket: Socket): Promise<Result<Who, Refusal>> {
  const { token } = socket.handshake.auth as { token?: unknown };
  const classroomId = typeof token === 'string' ? classroomOfToken(token) : null;
  if (typeof token !== 'string' || classroomId === null) return refuse({ code: 'session/required' });
  const classroom = await lab.classrooms.get(classroomId);
  const hash = hashOf(token);
  const player = classroom?.players.find((one) => one.tokenHash === hash);
  if (!classroom || !player) return refuse({ code: 'session/expired' });
  if (player.removed) return refuse({ code: 'player/removed' });
  if (classroom.closed) return refuse({ code: 'classroom/closed' });
  return ok({ classroomId, player: player.id, tokenHash: hash });
}
