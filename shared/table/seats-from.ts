import type { Holder, SeatName, Seats } from './seats.ts';

/** A table's seats, each as it is said. */
export function seatsFrom(holderOf: (seat: SeatName) => Holder): Seats {
  return {
    client: holderOf('client'),
    server: holderOf('server'),
    link: holderOf('link'),
    referee: holderOf('referee'),
  };
}
