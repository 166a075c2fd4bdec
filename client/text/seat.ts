import type { SeatName } from '../../shared/table/seats.ts';
import { m } from '../paraglide/messages.js';

const NAMES = {
  client: m.seat_client,
  server: m.seat_server,
  link: m.seat_link,
  referee: m.seat_referee,
};
const YOU = {
  client: m.seat_you_client,
  server: m.seat_you_server,
  link: m.seat_you_link,
  referee: m.seat_you_referee,
};
const ABOUT = {
  client: m.seat_about_client,
  server: m.seat_about_server,
  link: m.seat_about_link,
  referee: m.seat_about_referee,
};

/** A seat's name. */
export const seatName = (seat: SeatName): string => NAMES[seat]();
/** A seat's name within a sentence: English writes it small there. */
export const inSentence = (seat: SeatName): string => seatName(seat).toLocaleLowerCase('en');
/** `You are the client's end`. */
export const youAre = (seat: SeatName): string => YOU[seat]();
/** What one does there, in a sentence. */
export const aboutSeat = (seat: SeatName): string => ABOUT[seat]();
