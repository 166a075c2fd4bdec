/**
 * The transmission control block (RFC 9293 §3.3.1): what one end remembers of the connection, in the RFC's
 * names. `null` means "not yet known"; 0 is a number like any other.
 */
export interface Tcb {
  /** Our initial sequence number. */
  readonly iss: number;
  /** The peer's initial sequence number; null until its SYN has arrived. */
  readonly irs: number | null;
  readonly snd: {
    /** The oldest number that is sent and not acknowledged. Equal to ISS until our SYN is acknowledged. */
    readonly una: number;
    /** The next number to be sent. Equal to ISS until our SYN has gone out. */
    readonly nxt: number;
    /** How many octets past SND.UNA the peer lets us send. */
    readonly wnd: number;
    /** SEG.SEQ of the segment that last set SND.WND. */
    readonly wl1: number;
    /** SEG.ACK of the segment that last set SND.WND. */
    readonly wl2: number;
  };
  readonly rcv: {
    /** The next number expected from the peer; null until its SYN has arrived. */
    readonly nxt: number | null;
    /** How many octets past RCV.NXT we let the peer send. */
    readonly wnd: number;
  };
}
