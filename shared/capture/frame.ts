/** One record of a capture: what was on the wire at one instant, or the beginning of it. */
export interface Frame {
  /** The number tcpdump.org gives the link layer: 1 Ethernet, 101 raw IP … */
  readonly linkType: number;
  /** Seconds since the epoch, whole. */
  readonly sec: number;
  /** And nanoseconds, in [0, 1e9). */
  readonly nanos: number;
  /** Octets the frame had; the capture may hold fewer. */
  readonly wireOctets: number;
  /** The first of its octets. Valid only while the frame is being handed over. */
  readonly octets: Uint8Array;
}

/**
 * So many octets of a frame are kept: any stack of link, VLAN, IPv6 extension and TCP headers fits, and
 * the payload is never looked at.
 */
export const KEPT_OCTETS = 512;

/** How the reading of a capture ended, where it was not at the end of a record. */
export type ReadEnd =
  | { readonly how: 'whole' }
  | { readonly how: 'cut'; readonly atOctet: number }
  | { readonly how: 'damaged'; readonly atOctet: number; readonly what: string };
