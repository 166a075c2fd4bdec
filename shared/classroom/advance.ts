import { instantOf } from '../table/clock.ts';
import type { Classroom } from './classroom.ts';
import type { Round } from './round.ts';

/**
 * The classroom at a later epoch instant: a round whose time is up has ended. The very same value if nothing
 * has.
 */
export function advance(classroom: Classroom, at: number): Classroom {
  if (!classroom.rounds.some((round) => isUp(round, at))) return classroom;
  return { ...classroom, rounds: classroom.rounds.map((round) => (isUp(round, at) ? timeUp(round) : round)) };
}

/** The first epoch ms at which `advance` would change the classroom; null: nothing is to come. */
export function nextChangeAt({ rounds }: Classroom): number | null {
  return rounds.reduce<number | null>((next, round) => {
    const endsAt = endsAtOf(round);
    return endsAt === null ? next : Math.min(next ?? endsAt, endsAt);
  }, null);
}

/** When the round's time is up, epoch ms; null: it has no limit, or its clock stands. */
function endsAtOf({ phase, clock, endsAfterMs }: Round): number | null {
  return phase !== 'running' || endsAfterMs === null ? null : instantOf(clock, endsAfterMs);
}

function isUp(round: Round, at: number): boolean {
  const endsAt = endsAtOf(round);
  return endsAt !== null && endsAt <= at;
}

function timeUp(round: Round): Round {
  const at = endsAtOf(round) ?? round.clock.at;
  const ms = round.endsAfterMs ?? round.clock.ms;
  return { ...round, phase: 'ended', rate: 0, endedAt: at, clock: { at, ms, rate: 0 } };
}
