import type { Table } from '../../shared/table/table.ts';
import type { Command, Holder, SeatName } from '../../shared/table/types.ts';
import type { Plan } from './plan.ts';

const SEATS: readonly SeatName[] = ['client', 'server', 'link', 'referee'];

/** What has to be asked of a table so that it is as its round wants it; nothing if it is already. */
export function stepsTo(table: Table, plan: Plan): readonly Command[] {
  if (table.phase === 'ended') return [];
  if (plan.ended) return [{ type: 'end' }];
  const steps: Command[] = SEATS.filter((seat) => !same(table.seats[seat], plan.seats[seat])).map((seat) => ({
    type: 'seat',
    seat,
    holder: plan.seats[seat],
  }));
  if (table.clock.rate !== plan.rate) steps.push({ type: 'set-clock', rate: plan.rate });
  return steps;
}

function same(a: Holder, b: Holder): boolean {
  if (a.kind === 'player') return b.kind === 'player' && a.id === b.id;
  if (a.kind === 'bot') return b.kind === 'bot' && a.skill === b.skill;
  return b.kind === 'empty';
}
