import type { Classroom } from './classroom.ts';
import type { Player } from './player.ts';

/** Whose rejoin token this is; null: nobody's, or that of somebody who was removed. */
export function playerOfToken({ players }: Classroom, tokenHash: string): Player | null {
  return players.find((player) => player.tokenHash === tokenHash && !player.removed) ?? null;
}
