/** So many segments of a connection are known beyond the one at hand. */
export const OUTLOOK = 32;

/** What cannot be known before the capture has been read on: segments of this connection behind the one at hand. */
export interface Outlook {
  /**
   * An unseen part of this end's stream, up to `upTo`, is borne out by what follows, if it is not `known` to exist: data, or a FIN
   * behind any data.
   */
  unseenSends(from: number, upTo: number, known: boolean): { readonly fin: boolean } | null;
  /** The peer's FIN comes another time, or this end acknowledges more than `ack` in a moment. */
  finWasLate(ack: number): boolean;
  /** The peer has sent something up to `upTo` that the capture does not have. */
  unseenArrival(upTo: number): boolean;
  /** The peer's initial number, if its SYN was not captured: it may have arrived nevertheless. Null if it was captured. */
  readonly unseenSyn: (upTo: number) => number | null;
  /** The connection uses TCP Fast Open. */
  readonly fastOpen: boolean;
}
