import type { Classroom } from './classroom.ts';

/**
 * Names in use by others than this player. A removed player's stays taken: nobody comes back as them. Those
 * of the roster are their owners', here or not.
 */
export function namesTaken({ players, roster }: Classroom, id: string): string[] {
  const own = players.find((player) => player.id === id)?.rosterName ?? null;
  return [
    ...players.filter((player) => player.id !== id).map(({ name }) => name),
    ...roster.filter(({ name }) => name !== own).map(({ name }) => name),
  ];
}
