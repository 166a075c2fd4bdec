import type { Classroom } from './classroom.ts';
import { isAlike } from './is-alike.ts';
import type { RosterEntry } from './roster-entry.ts';

/**
 * The roster's entry that somebody means who types this name; null: none. Whoever writes the same name
 * otherwise is the same.
 */
export function rosterEntryOf({ roster }: Pick<Classroom, 'roster'>, typed: string): RosterEntry | null {
  return roster.find(({ name }) => isAlike(name, typed)) ?? null;
}
