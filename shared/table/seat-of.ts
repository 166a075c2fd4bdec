import type { SeatName, Seats } from './seats.ts';

export const SEAT_NAMES: readonly SeatName[] = ['client', 'server', 'link', 'referee'];

/** Where a player sits; null: at none of these seats. */
export function seatOf(seats: Seats, player: string): SeatName | null {
  for (const seat of SEAT_NAMES) {
    const holder = seats[seat];
    if (holder.kind === 'player' && holder.id === player) return seat;
  }
  return null;
}
