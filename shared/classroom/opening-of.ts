import type { Scenario } from '../scenario/types.ts';
import type { Entry } from '../table/types.ts';
import type { Classroom, Round } from './types.ts';

/**
 * The first entry of a round's table. It follows from the classroom's log and the scenario alone: a server that stops between the
 * classroom's append and the table's makes the same entry later.
 */
export function openingOf(
  _classroom: Classroom,
  _round: Round,
  _tableId: string,
  _scenario: Scenario,
): Entry {
  throw new Error('not yet');
}
