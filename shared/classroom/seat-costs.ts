import { SEAT_NAMES } from '../table/seat-of.ts';
import type { SeatName } from '../table/seats.ts';
import type { Round } from './round.ts';

/** What a student has sat at already weighs more than having sat there just now. */
const AGAIN_AT_ONCE = 0.5;

/** What it costs to seat a player somewhere: how often they have been there. */
export function seatCosts(earlier: readonly Round[]): (player: string, seat: SeatName) => number {
  const visits = new Map<string, number>();
  const last = new Map<string, SeatName>();
  for (const round of earlier) {
    for (const { seats } of round.tables) {
      for (const seat of SEAT_NAMES) {
        const holder = seats[seat];
        if (holder.kind !== 'player') continue;
        const key = `${holder.id}\u0000${seat}`;
        visits.set(key, (visits.get(key) ?? 0) + 1);
        last.set(holder.id, seat);
      }
    }
  }
  return (player, seat) =>
    (visits.get(`${player}\u0000${seat}`) ?? 0) + (last.get(player) === seat ? AGAIN_AT_ONCE : 0);
}
