import type { Namespace, Socket } from 'socket.io';
import type { Classroom } from '../../shared/classroom/classroom.ts';
import { isSealed } from '../../shared/classroom/is-sealed.ts';
import type { ScreenView } from '../../shared/classroom/screen-view.ts';
import type { ScreenToServer, ServerToScreen } from '../../shared/protocol/messages.ts';
import { SCREEN_SCHEMAS } from '../../shared/protocol/schemas.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { scenarioById } from '../../shared/scenario/library/library.ts';
import type { Lab } from '../classroom/lab.ts';
import type { RoundWatcher } from '../classroom/live-rounds.ts';
import { hashOf } from '../secrets/tokens.ts';
import type { Screens } from '../store/screens.ts';
import { emitterFor, viewEmitterFor } from './emit.ts';
import { onGone } from './gone.ts';
import { compileChecks, guard, type Guard } from './guarded.ts';
import { admitOnly } from './namespace.ts';
import { TableDesk } from './table-desk.ts';

export interface ScreenDeps {
  readonly lab: Lab;
  readonly guarding: Guard;
  readonly screens: Screens;
}

const CHECKS = compileChecks<ScreenToServer>(SCREEN_SCHEMAS);

/**
 * Namespace /screen: the projector's page. It sees what the instructor has put up, and has nothing to say.
 */
export function screen(namespace: Namespace, { lab, guarding, screens }: ScreenDeps): void {
  const whoIs = admitOnly(
    namespace,
    (socket) => admit(lab, screens, socket),
    (error) => guarding.fault(error, 'connect'),
  );

  namespace.on('connection', (socket) => {
    const { classroomId } = whoIs(socket);
    const emit = emitterFor<ServerToScreen>(socket, guarding.limits);
    const desk = new TableDesk(lab.tableViews, () => ok('observer'), viewEmitterFor(socket, guarding.limits));
    let stopWatching = () => {};
    onGone(socket, () => {
      stopWatching();
      desk.close();
    });

    const shown = async (): Promise<Result<Classroom, Refusal>> => {
      const classroom = await lab.classrooms.get(classroomId);
      return classroom ? ok(classroom) : refuse({ code: 'classroom/not-found' });
    };

    /** What was taken down is not sent any more. */
    const show = (view: ScreenView) => {
      desk.keepOnly(view.table?.tableId ?? null);
      emit('screen:view', view);
    };

    guard<ScreenToServer>(
      socket,
      `screen of ${classroomId}`,
      CHECKS,
      {
        'clock:read': () => ok({ at: lab.clock.now() }),

        'screen:watch': async () => {
          const classroom = await shown();
          if (!classroom.ok) return classroom;
          stopWatching();
          const changed = () => lab.screenViews.changed(classroomId);
          const watcher: RoundWatcher = { minis: changed, misconceptions: changed };
          let stopView = () => {};
          const stopBoth = () => {
            stopView();
            lab.liveRounds.leave(classroomId, watcher);
          };
          stopWatching = stopBoth;
          // The tables first, so that the view has them.
          await lab.liveRounds.watch(classroom.value, watcher);
          const { view, stop } = lab.screenViews.watchAsScreen(classroom.value, show, () => {
            emit('screen:ended', {});
            socket.disconnect(true);
          });
          stopView = stop;
          // Gone, or asked again, in the meantime.
          if (!socket.connected || stopWatching !== stopBoth) stopBoth();
          return view ? ok(view) : refuse({ code: 'classroom/not-found' });
        },

        'table:watch': async ({ tableId }) => {
          const classroom = await shown();
          if (!classroom.ok) return classroom;
          const refusal = whyNotShown(classroom.value, tableId);
          return refusal ? refuse(refusal) : desk.watch(tableId);
        },
        'table:leave': ({ tableId }) => desk.leave(tableId),
      },
      guarding,
    );
  });
}

/** Null: the table was put up, and may be. */
function whyNotShown({ screen, rounds }: Classroom, tableId: string): Refusal | null {
  if ((screen.show !== 'table' && screen.show !== 'debrief') || screen.tableId !== tableId) {
    return { code: 'screen/not-shown' };
  }
  const round = rounds.find(({ tables }) => tables.some((table) => table.tableId === tableId));
  return round && isSealed(round, scenarioById) ? { code: 'screen/exam-running' } : null;
}

/** The token comes in the handshake's `auth`, never in the address. */
async function admit(
  lab: Lab,
  screens: Screens,
  socket: Socket,
): Promise<Result<{ readonly classroomId: string }, Refusal>> {
  const { screen: token } = socket.handshake.auth as { screen?: unknown };
  if (typeof token !== 'string') return refuse({ code: 'session/required' });
  const classroomId = await screens.classroomOf(hashOf(token));
  const classroom = classroomId === null ? null : await lab.classrooms.get(classroomId);
  if (!classroom) return refuse({ code: 'session/expired' });
  return classroom.closed ? refuse({ code: 'classroom/closed' }) : ok({ classroomId: classroom.id });
}
