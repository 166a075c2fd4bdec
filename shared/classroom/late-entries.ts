import type { Holder } from '../table/seats.ts';
import type { Stamp } from '../table/stamp.ts';
import type { Classroom } from './classroom.ts';
import type { ClassroomAsking } from './decide.ts';
import type { ClassroomEntry } from './entry.ts';
import { evolve } from './evolve.ts';
import { isGoing } from './is-going.ts';
import { lateSeat } from './late-seat.ts';
import type { LateSeat } from './late-seat.ts';
import type { Round } from './round.ts';

/** Seats for one who comes to rounds that are drawn up, or running where late joiners sit down at once. */
export function lateSeats(
  classroom: Classroom,
  player: string,
  { over = [] }: ClassroomAsking,
  stamp: Stamp,
): ClassroomEntry[] {
  if (classroom.kind === 'practice') return [];
  const atOnce = classroom.settings.late === 'at-once';
  return classroom.rounds
    .filter((round) => round.phase === 'prepared' || (atOnce && isGoing(round)))
    .flatMap((round) => {
      const seat = lateSeat(round, earlierThan(classroom, round), player, over);
      return seat ? [seated(round, seat, player, stamp)] : [];
    });
}

/** Who is here and came, or came back, after the round was drawn up. */
export function comeSince(classroom: Classroom, asking: ClassroomAsking, stamp: Stamp): ClassroomEntry[] {
  const entries: ClassroomEntry[] = [];
  let now = classroom;
  for (const player of asking.here) {
    const round = now.rounds.find(({ phase }) => phase === 'prepared');
    if (!round || !now.players.some(({ id, removed }) => id === player && !removed)) continue;
    const seat = lateSeat(round, earlierThan(now, round), player, []);
    if (!seat) continue;
    const entry = seated(round, seat, player, stamp);
    entries.push(entry);
    now = evolve(now, entry);
  }
  return entries;
}

function seated(round: Round, seat: LateSeat, player: string, stamp: Stamp): ClassroomEntry {
  if ('added' in seat) return { ...stamp, type: 'table-added', round: round.id, table: seat.added };
  const holder: Holder = { kind: 'player', id: player };
  return { ...stamp, type: 'seat-assigned', tableId: seat.table, seat: seat.seat, holder };
}

function earlierThan({ rounds }: Classroom, round: Round): readonly Round[] {
  return rounds.filter(({ id, phase }) => id !== round.id && phase !== 'prepared');
}
