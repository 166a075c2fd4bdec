import type { Classroom } from '../../shared/classroom/classroom.ts';
import type { EveryTableCommand } from '../../shared/classroom/command.ts';
import type { ClassroomAsk } from '../../shared/classroom/decide.ts';
import { isGoing } from '../../shared/classroom/is-going.ts';
import type { Round } from '../../shared/classroom/round.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { scenarioById } from '../../shared/scenario/library/library.ts';
import type { Tables } from '../table/tables.ts';
import type { AskedBy, Classrooms } from './classrooms.ts';

interface Asked {
  readonly classrooms: Classrooms;
  readonly tables: Tables;
}

/**
 * Asks something of a classroom, and has the tables follow: `ok` once both are durable. When the server stops
 * in between, or the storage is full, the same command asked again does what is missing; and a table that is
 * looked at first brings itself into line.
 */
export async function command(
  { classrooms, tables }: Asked,
  classroomId: string,
  ask: ClassroomAsk,
  askedBy: AskedBy,
): Promise<Result<Classroom, Refusal>> {
  if ('scenarioId' in ask && !scenarioById(ask.scenarioId)) return refuse({ code: 'scenario/not-found' });
  const before = await classrooms.get(classroomId);
  const over = before && seatsSomebody(ask) ? await tablesOver(tables, before) : [];
  const done = await classrooms.ask(classroomId, ask, { ...askedBy, over });
  if (!done.ok) return done;
  const followed = await Promise.all(
    roundsToFollow(before, done.value).flatMap((round) =>
      round.tables.map(({ tableId }) => tables.follow(tableId)),
    ),
  );
  const behind = followed.find((one) => !one.ok);
  if (behind) return behind;
  if (ask.type !== 'every-table') return ok(done.value);
  const told = await tellEveryTable(tables, done.value, ask.command, askedBy);
  return told.ok ? ok(done.value) : told;
}

/** The started rounds that changed; if nothing did, because it was asked before, the newest. */
function roundsToFollow(before: Classroom | null, after: Classroom): readonly Round[] {
  const started = after.rounds.filter((round) => round.startedAt !== null);
  if (before?.version === after.version) return started.slice(-1);
  return started.filter((round) => !before?.rounds.includes(round));
}

/** Whether it may give somebody a seat at a table that is there already. */
function seatsSomebody({ type }: ClassroomAsk): boolean {
  return type === 'join' || type === 'take-seat';
}

/** The tables of the round that is going which have ended before it. */
async function tablesOver(tables: Tables, classroom: Classroom): Promise<readonly string[]> {
  if (classroom.settings.late !== 'at-once') return [];
  const going = classroom.rounds.find(isGoing)?.tables ?? [];
  const looked = await Promise.all(
    going.map(({ tableId }) => tables.read(tableId, ({ phase }) => ok(phase === 'ended' ? [tableId] : []))),
  );
  return looked.flatMap((one) => (one.ok ? one.value : []));
}

/**
 * What one table has no use for (it has ended, its cable is cut already) is no reason not to tell the others.
 */
async function tellEveryTable(
  tables: Tables,
  classroom: Classroom,
  asked: EveryTableCommand,
  { by, cmd }: AskedBy,
): Promise<Result<null, Refusal>> {
  const sender = {
    roleAt: () => ok('instructor' as const),
    ...(by !== undefined && { by }),
    ...(cmd !== undefined && { cmd }),
  };
  const told = await Promise.all(
    (classroom.rounds.find(isGoing)?.tables ?? []).map(({ tableId }) =>
      tables.command(tableId, asked, sender),
    ),
  );
  return told.find((one) => !one.ok && one.error.code.startsWith('server/')) ?? ok(null);
}
