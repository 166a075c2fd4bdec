import type { Refusal } from '../refusals.ts';
import type { Command } from './command.ts';
import type { Role } from './seats.ts';

const MAY: Readonly<Record<Command['type'], readonly Role[]>> = {
  send: ['client', 'server'],
  nothing: ['client', 'server'],
  label: ['client', 'server'],
  hint: ['client', 'server'],
  'set-conditions': ['link', 'instructor'],
  touch: ['link', 'instructor'],
  cut: ['link', 'instructor'],
  mend: ['link', 'instructor'],
  predict: ['link'],
  'call-bluff': ['client', 'server'],
  'call-out': ['referee'],
  nudge: ['instructor'],
  storm: ['instructor'],
  inject: ['instructor'],
  'set-limit': ['instructor'],
  'lend-seat': ['instructor'],
  'return-seat': ['instructor'],
  'set-clock': ['instructor'],
  seat: ['instructor'],
  end: ['instructor'],
};

/**
 * Whether a role may ask this of a table at all; null: it may. The lab itself (seats, the end of a round)
 * asks as the instructor.
 */
export function authorize(role: Role, command: Command): Refusal | null {
  return MAY[command.type].includes(role) ? null : { code: 'seat/not-allowed' };
}
