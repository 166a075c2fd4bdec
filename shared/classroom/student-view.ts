import { seatOf } from '../table/seat-of.ts';
import type { Holder, SeatName, Seats } from '../table/seats.ts';
import type { Classroom } from './classroom.ts';
import { isGoing } from './is-going.ts';
import type { Player } from './player.ts';
import { studentPollView } from './poll-view.ts';
import type { StudentClassroomView } from './student-classroom-view.ts';

/** What one student's device may know of the classroom, field by field; null: the student is not of it. */
export function studentView(
  classroom: Classroom,
  playerId: string,
  here: ReadonlySet<string>,
  at: number,
): StudentClassroomView | null {
  const players = classroom.players.filter((player) => !player.removed);
  const me = players.find((player) => player.id === playerId);
  if (!me) return null;
  const person = (player: Player) => ({ id: player.id, name: player.name, here: here.has(player.id) });
  return {
    classroomId: classroom.id,
    at,
    kind: classroom.kind,
    code: classroom.code,
    locked: classroom.locked,
    closed: classroom.closed,
    me: person(me),
    people: players.map(person),
    round: roundOf(classroom, playerId),
    ...(isWaiting(classroom, playerId) && { waiting: true as const }),
    poll: studentPollView(classroom, playerId, here),
  };
}

/** The round that is going on, where they have a seat in it; or else the newest in which they have one. */
function roundOf(classroom: Classroom, playerId: string): StudentClassroomView['round'] {
  const newestFirst = classroom.rounds.toReversed();
  for (const round of [...newestFirst.filter(isGoing), ...newestFirst]) {
    for (const { tableId, seats } of round.tables) {
      const seat = seatOf(seats, playerId);
      if (seat === null) continue;
      return {
        id: round.id,
        scenarioId: round.scenarioId,
        phase: round.phase,
        tableId,
        seat,
        mates: matesOf(classroom, seats, seat),
      };
    }
  }
  return null;
}

function isWaiting({ rounds }: Classroom, playerId: string): boolean {
  const running = rounds.find(isGoing);
  return running !== undefined && running.tables.every(({ seats }) => seatOf(seats, playerId) === null);
}

function matesOf(classroom: Classroom, seats: Seats, mine: SeatName): Partial<Record<SeatName, string>> {
  const others = (Object.entries(seats) as [SeatName, Holder][]).filter(
    ([seat, holder]) => seat !== mine && holder.kind !== 'empty',
  );
  return Object.fromEntries(
    others.map(([seat, holder]) => [
      seat,
      holder.kind === 'player' ? (classroom.players.find(({ id }) => id === holder.id)?.name ?? '') : 'bot',
    ]),
  );
}
