import type { Scenario } from '../scenario/types.ts';
import type { Entry } from '../table/entry.ts';
import { RULES } from '../table/rules.ts';
import type { Classroom } from './classroom.ts';
import type { Round } from './round.ts';

/**
 * The first entry of a round's table. It follows from the classroom's log and the scenario alone: a server
 * that stops between the classroom's append and the table's makes the same entry later. Throws if the
 * classroom has no such table.
 */
export function openingOf(classroom: Classroom, round: Round, tableId: string, scenario: Scenario): Entry {
  const table = round.tables.find((one) => one.tableId === tableId);
  if (!table || !classroom.rounds.some(({ id }) => id === round.id))
    throw new Error(`classroom ${classroom.id} has no table ${tableId} in round ${round.id}`);
  return {
    at: round.preparedAt,
    type: 'table-opened',
    table: tableId,
    seed: round.seed,
    rules: RULES,
    scenario: asPlayed(scenario, round),
    seats: table.seats,
    ...(round.endsAfterMs !== null && { endsAfterMs: round.endsAfterMs }),
  };
}

/** The scenario with what the round has otherwise. */
function asPlayed(scenario: Scenario, { options }: Round): Scenario {
  const { onWrong, bluffsPerEnd } = options;
  if (onWrong === undefined && bluffsPerEnd === undefined) return scenario;
  return {
    ...scenario,
    ...(onWrong !== undefined && { onWrong }),
    ...(bluffsPerEnd !== undefined && { bluff: { perEnd: bluffsPerEnd } }),
  };
}
