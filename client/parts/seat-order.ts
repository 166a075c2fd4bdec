import type { SeatName } from '../../shared/table/seats.ts';

/** The seats as the diagram has them: the network between the two ends, and beside them whoever looks on. */
export const SEAT_ORDER: readonly SeatName[] = ['client', 'link', 'server', 'referee'];
