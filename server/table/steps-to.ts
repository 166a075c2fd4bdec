import type { Command } from '../../shared/table/command.ts';
import { sameHolder } from '../../shared/table/same-holder.ts';
import { SEAT_NAMES } from '../../shared/table/seat-of.ts';
import type { Table } from '../../shared/table/table.ts';
import type { Plan } from './plan.ts';

/** What has to be asked of a table so that it is as its round wants it; nothing if it is already. */
export function stepsTo(table: Table, plan: Plan): readonly Command[] {
  if (table.phase === 'ended') return [];
  if (plan.ended) return [{ type: 'end' }];
  const steps: Command[] = SEAT_NAMES.filter((seat) => !sameHolder(table.seats[seat], plan.seats[seat])).map(
    (seat) => ({
      type: 'seat',
      seat,
      holder: plan.seats[seat],
    }),
  );
  if (table.endsAfterMs !== plan.endsAfterMs) {
    steps.push({ type: 'set-limit', endsAfterMs: plan.endsAfterMs });
  }
  if (table.clock.rate !== plan.rate) steps.push({ type: 'set-clock', rate: plan.rate });
  return steps;
}
