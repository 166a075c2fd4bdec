import type { Classroom, TeacherClassroomView } from '../../shared/classroom/types.ts';

/** What the instructor's page knows of the classroom. `baseUrl`: where browsers find the lab, no slash at the end. */
export function teacherView(
  classroom: Classroom,
  here: ReadonlySet<string>,
  at: number,
  baseUrl: string,
): TeacherClassroomView {
  return {
    classroomId: classroom.id,
    at,
    code: classroom.code,
    joinUrl: `${baseUrl}/join/${classroom.code}`,
    locked: classroom.locked,
    closed: classroom.closed,
    people: classroom.players
      .filter((player) => !player.removed)
      .map(({ id, name, extraTime }) => ({ id, name, here: here.has(id), extraTime })),
    rounds: classroom.rounds,
  };
}
