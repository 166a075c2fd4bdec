import type { Classroom } from '../../shared/classroom/classroom.ts';
import { openingOf } from '../../shared/classroom/opening-of.ts';
import type { Round, RoundTable } from '../../shared/classroom/round.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { Scenario } from '../../shared/scenario/types.ts';
import type { Plans } from '../table/plan.ts';
import { classroomOfTable } from './ids.ts';

interface PlansDeps {
  readonly classroomById: (id: string) => Promise<Classroom | null>;
  readonly scenarioById: (id: string) => Scenario | undefined;
}

/** What its round wants of a table, from the classroom's log: a table follows its round. */
export function plansFrom({ classroomById, scenarioById }: PlansDeps): Plans {
  return async (tableId) => {
    const classroom = await classroomById(classroomOfTable(tableId));
    const found = classroom && findTable(classroom, tableId);
    if (!found) return refuse({ code: 'table/not-found' });
    const { round, table } = found;
    if (round.startedAt === null) return refuse({ code: 'table/not-started' });
    const scenario = scenarioById(round.scenarioId);
    if (!scenario) return refuse({ code: 'scenario/not-found' });
    return ok({
      opening: openingOf(classroom, round, tableId, scenario),
      seats: table.seats,
      rate: round.phase === 'running' ? round.rate : 0,
      endsAfterMs: round.endsAfterMs,
      ended: round.phase === 'ended',
    });
  };
}

function findTable(
  classroom: Classroom,
  tableId: string,
): { readonly round: Round; readonly table: RoundTable } | null {
  for (const round of classroom.rounds) {
    const table = round.tables.find((one) => one.tableId === tableId);
    if (table) return { round, table };
  }
  return null;
}
