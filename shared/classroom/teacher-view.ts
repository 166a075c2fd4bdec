import { seatOf } from '../table/seat-of.ts';
import type { Alert } from './alert.ts';
import type { Classroom } from './classroom.ts';
import { isGoing } from './is-going.ts';
import { joinUrlOf } from './join-url-of.ts';
import { teacherPollView } from './poll-view.ts';
import type { Round, RoundView } from './round.ts';
import type { TeacherClassroomView } from './teacher-classroom-view.ts';

/**
 * What the instructor's page knows of the classroom. `baseUrl`: where browsers find the lab, no slash at the
 * end.
 */
export function teacherView(
  classroom: Classroom,
  here: ReadonlySet<string>,
  at: number,
  baseUrl: string,
  alerts: readonly Alert[] = [],
): TeacherClassroomView {
  const { players, rounds, roster } = classroom;
  const running = rounds.find(isGoing);
  const isWaiting = (id: string): boolean =>
    running !== undefined && running.tables.every(({ seats }) => seatOf(seats, id) === null);
  return {
    classroomId: classroom.id,
    at,
    code: classroom.code,
    joinUrl: joinUrlOf(classroom, baseUrl),
    locked: classroom.locked,
    closed: classroom.closed,
    people: players
      .filter((player) => !player.removed)
      .map(({ id, name, extraTime, rosterName }) => ({
        id,
        name,
        here: here.has(id),
        extraTime,
        verified: rosterName !== null,
        waiting: isWaiting(id),
      })),
    removed: players.filter(({ removed }) => removed).map(({ id, name }) => ({ id, name })),
    rounds: rounds.map(roundView),
    settings: classroom.settings,
    roster: roster.map(({ name }) => ({
      name,
      joined: players.some(({ rosterName, removed }) => rosterName === name && !removed),
    })),
    screen: classroom.screen,
    poll: teacherPollView(classroom, here),
    alerts,
  };
}

function roundView(round: Round): RoundView {
  return {
    id: round.id,
    scenarioId: round.scenarioId,
    seating: round.seating,
    tables: round.tables,
    phase: round.phase,
    rate: round.rate,
    pace: round.pace,
    preparedAt: round.preparedAt,
    startedAt: round.startedAt,
    endedAt: round.endedAt,
    clock: round.clock,
    endsAfterMs: round.endsAfterMs,
    options: round.options,
  };
}
