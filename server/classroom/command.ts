import type { ClassroomAsk } from '../../shared/classroom/decide.ts';
import type { Classroom, Round } from '../../shared/classroom/types.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { scenarioById } from '../../shared/scenario/library/library.ts';
import type { Tables } from '../table/tables.ts';
import type { AskedBy, Classrooms } from './classrooms.ts';

/**
 * Asks something of a classroom, and has the tables follow: `ok` once both are durable. When the server stops in
 * between, or the storage is full, the same command asked again does what is missing; and a table that is looked
 * at first brings itself into line.
 */
export async function command(
  { classrooms, tables }: { readonly classrooms: Classrooms; readonly tables: Tables },
  classroomId: string,
  ask: ClassroomAsk,
  askedBy: AskedBy,
): Promise<Result<Classroom, Refusal>> {
  if ('scenarioId' in ask && !scenarioById(ask.scenarioId)) return refuse({ code: 'scenario/not-found' });
  const before = await classrooms.get(classroomId);
  const done = await classrooms.ask(classroomId, ask, askedBy);
  if (!done.ok) return done;
  const followed = await Promise.all(
    roundsToFollow(before, done.value).flatMap((round) =>
      round.tables.map(({ tableId }) => tables.follow(tableId)),
    ),
  );
  return followed.find((one) => !one.ok) ?? ok(done.value);
}

/** The started rounds that changed; if none did, because it was asked before, the newest. */
function roundsToFollow(before: Classroom | null, after: Classroom): readonly Round[] {
  const started = after.rounds.filter((round) => round.startedAt !== null);
  const changed = started.filter((round) => !before?.rounds.includes(round));
  return changed.length > 0 ? changed : started.slice(-1);
}
