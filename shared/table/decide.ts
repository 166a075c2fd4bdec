import type { Refusal } from '../refusals.ts';
import type { Result } from '../result.ts';
import type { Table } from './table.ts';
import type { Command, Entry, Role } from './types.ts';

/** Who asks, when (epoch ms), and under which id. `by`: a player's id, absent for the lab itself. */
export interface Asking {
  readonly role: Role;
  readonly now: number;
  readonly by?: string;
  readonly cmd?: string;
}

/**
 * What a command would add to the log. No entries: the command was accepted before (its id is known), so it is acknowledged again
 * and nothing is to be appended. Whether the role may ask it at all (`authorize`) is checked here, too.
 */
export function decide(_table: Table, _command: Command, _asking: Asking): Result<readonly Entry[], Refusal> {
  throw new Error('not yet');
}
