import { inEach } from '../../shared/scenario/locales.ts';
import type { Classroom } from '../../shared/classroom/classroom.ts';
import type { Round } from '../../shared/classroom/round.ts';
import { marksOf } from '../../shared/grading/marks.ts';
import { misconceptionsOf } from '../../shared/grading/misconceptions.ts';
import { roundRows, type Participant } from '../../shared/grading/round-rows.ts';
import { toCsv } from '../../shared/grading/to-csv.ts';
import type { Refusal } from '../../shared/refusals.ts';
import { ok, refuse, type Result } from '../../shared/result.ts';
import { scenarioById } from '../../shared/scenario/library/library.ts';
import type { Locale } from '../../shared/scenario/types.ts';
import type { Table } from '../../shared/table/table.ts';
import type { Lab } from './lab.ts';

/** A round that was started, with its tables as they are now. */
export interface RoundTables {
  readonly classroom: Classroom;
  readonly round: Round;
  readonly tables: readonly Table[];
}

/** Refuses with `round/none` if there is no such round or it has not begun. */
export async function roundTables(
  { tables }: Pick<Lab, 'tables'>,
  classroom: Result<Classroom, Refusal>,
  roundId: string,
): Promise<Result<RoundTables, Refusal>> {
  if (!classroom.ok) return classroom;
  const round = classroom.value.rounds.find(({ id }) => id === roundId);
  if (!round || round.startedAt === null) return refuse({ code: 'round/none' });
  const found: Table[] = [];
  for (const { tableId } of round.tables) {
    const table = await tables.read(tableId, (now) => ok(now));
    if (!table.ok) return table;
    found.push(table.value);
  }
  return ok({ classroom: classroom.value, round, tables: found });
}

/** What happened, a line for each person and seat. */
export function exportCsv(
  { classroom, round, tables }: RoundTables,
  locale: Locale,
): { readonly fileName: string; readonly csv: string } {
  const title = scenarioById(round.scenarioId)?.title ?? inEach(round.scenarioId);
  return {
    fileName: `${fileNameOf(round)}.csv`,
    csv: toCsv(roundRows(tables, participantsOf(classroom), title, locale)),
  };
}

/** The same for programs, with each point and the rule behind it. */
export function exportJson({ classroom, round, tables }: RoundTables): {
  readonly fileName: string;
  readonly json: unknown;
} {
  const people = participantsOf(classroom);
  return {
    fileName: `${fileNameOf(round)}.json`,
    json: {
      round: round.id,
      scenario: round.scenarioId,
      startedAt: instant(round.startedAt),
      endedAt: instant(round.endedAt),
      people,
      tables: tables.map((table) => ({
        table: table.id,
        rules: table.rules,
        marks: marksOf(table),
        misconceptions: misconceptionsOf(table),
      })),
    },
  };
}

function participantsOf({ players }: Classroom): readonly Participant[] {
  return players.map(({ id, name, rosterName }) => ({ id, name, verified: rosterName !== null }));
}

/** Nothing of a person, and nothing that a file system minds. */
function fileNameOf({ scenarioId, startedAt }: Round): string {
  return `${instant(startedAt)?.slice(0, 16).replace(/[:T]/g, '-') ?? ''}-${scenarioId}`;
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
