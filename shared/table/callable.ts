/** So many of the newest arrivals may be called a bluff: people think, and segments go on coming. */
export const CALLABLE = 3;
