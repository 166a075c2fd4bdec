import { wordSum } from './checksum.ts';
import type { Frame } from './frame.ts';
import { u16 } from './read-number.ts';

/** Which way a frame went past the machine that recorded it, where the link layer says so (Linux cooked). */
export type Direction = 'in' | 'out' | null;

/** A TCP segment's place inside a frame. */
export interface TcpPlace {
  readonly source: string;
  readonly destination: string;
  /** Offset of the TCP header in the frame. */
  readonly at: number;
  /** Octets of TCP header and payload, from the IP header: what was sent, not what was captured. */
  readonly octets: number;
  /** Words of the pseudo-header (RFC 9293 §3.1), added up. */
  readonly pseudo: number;
  /** IPv4's identification; −1 where there is none. Tells a segment sent twice from one seen twice. */
  readonly id: number;
  readonly direction: Direction;
}

/**
 * Why a frame holds no segment that can be told: other traffic, the rest of a fragmented datagram, cut, or
 * malformed.
 */
export type NotTcp = 'other' | 'fragment' | 'cut' | 'malformed' | 'link-type';

const ETHERTYPE_IPV4 = 0x0800;
const ETHERTYPE_IPV6 = 0x86dd;
const TCP = 6;

/** Finds the TCP segment in a frame of any link type that is known. */
export function findTcp(frame: Frame): TcpPlace | NotTcp {
  const { octets } = frame;
  let at: number;
  let direction: Direction = null;
  switch (frame.linkType) {
    case 1: // Ethernet
      return ethertype(frame, 12, null);
    case 113: // Linux cooked, version 1
      direction = cookedDirection(u16(octets, 0));
      return ethertype(frame, 14, direction);
    case 276: // Linux cooked, version 2: the protocol comes first
      direction = cookedDirection(octets[10] ?? 0);
      if (octets.length < 20) return 'cut';
      return u16(octets, 0) === ETHERTYPE_IPV4 || u16(octets, 0) === ETHERTYPE_IPV6
        ? ip(frame, 20, direction)
        : tagged(frame, u16(octets, 0), 20, direction);
    case 0: // BSD loopback: an address family in the byte order of the machine, of no use where IP tells its version
    case 108: // OpenBSD loopback
      at = 4;
      break;
    case 12: // raw IP, as some BSDs number it
    case 14:
    case 101: // raw IP
    case 228: // raw IPv4
    case 229: // raw IPv6
      at = 0;
      break;
    default:
      return 'link-type';
  }
  return ip(frame, at, direction);
}

function cookedDirection(packetType: number): Direction {
  return packetType === 4 ? 'out' : 'in';
}

/** From the offset of an Ethertype, behind which the next header begins. */
function ethertype(frame: Frame, at: number, direction: Direction): TcpPlace | NotTcp {
  if (frame.octets.length < at + 2) return 'cut';
  return tagged(frame, u16(frame.octets, at), at + 2, direction);
}

function tagged(frame: Frame, type: number, at: number, direction: Direction): TcpPlace | NotTcp {
  const { octets } = frame;
  // VLAN tags, any number of them: 802.1Q, 802.1ad, and what was in use before it.
  while (type === 0x8100 || type === 0x88a8 || type === 0x9100 || type === 0x9200) {
    if (octets.length < at + 4) return 'cut';
    type = u16(octets, at + 2);
    at += 4;
  }
  // A length instead of a type: IEEE 802.3, with the Ethertype behind a SNAP header.
  if (type < 0x0600 && u16(octets, at) === 0xaaaa && octets[at + 2] === 3) {
    type = u16(octets, at + 6);
    at += 8;
  }
  if (type !== ETHERTYPE_IPV4 && type !== ETHERTYPE_IPV6) return 'other';
  return ip(frame, at, direction);
}

function ip(frame: Frame, at: number, direction: Direction): TcpPlace | NotTcp {
  const first = frame.octets[at];
  if (first === undefined) return 'cut';
  if (first >> 4 === 4) return ipv4(frame, at, direction);
  if (first >> 4 === 6) return ipv6(frame, at, direction);
  return 'other';
}

function ipv4(frame: Frame, at: number, direction: Direction): TcpPlace | NotTcp {
  const { octets } = frame;
  if (octets.length < at + 20) return 'cut';
  if (octets[at + 9] !== TCP) return 'other';
  const headerOctets = ((octets[at] ?? 0) & 15) * 4;
  if (headerOctets < 20) return 'malformed';
  if ((u16(octets, at + 6) & 0x1fff) !== 0) return 'fragment';
  // Segmentation left to the network card: the kernel hands down more than the field can say, and writes 0.
  const totalOctets = u16(octets, at + 2) || frame.wireOctets - at;
  const tcpOctets = totalOctets - headerOctets;
  return {
    source: ipv4Text(octets, at + 12),
    destination: ipv4Text(octets, at + 16),
    at: at + headerOctets,
    octets: tcpOctets,
    pseudo: pseudoSum(octets, at + 12, at + 20, tcpOctets),
    id: u16(octets, at + 4),
    direction,
  };
}

function ipv4Text(octets: Uint8Array, at: number): string {
  return `${octets[at]}.${octets[at + 1]}.${octets[at + 2]}.${octets[at + 3]}`;
}

function ipv6(frame: Frame, at: number, direction: Direction): TcpPlace | NotTcp {
  const { octets } = frame;
  if (octets.length < at + 40) return 'cut';
  const payloadOctets = u16(octets, at + 4) || frame.wireOctets - at - 40; // 0: a jumbogram, or segmentation left to the card
  const source = ipv6Text(octets, at + 8);
  const destination = ipv6Text(octets, at + 24);
  let next = octets[at + 6];
  let place = at + 40;
  while (next !== TCP) {
    let headerOctets: number;
    switch (next) {
      case 0: // hop-by-hop options
      case 43: // routing
      case 60: // destination options
      case 135: // mobility
        headerOctets = ((octets[place + 1] ?? 0) + 1) * 8;
        break;
      case 44: // fragment
        if ((u16(octets, place + 2) & 0xfff8) !== 0) return 'fragment';
        headerOctets = 8;
        break;
      case 51: // authentication
        headerOctets = ((octets[place + 1] ?? 0) + 2) * 4;
        break;
      default:
        return 'other';
    }
    if (place + headerOctets > octets.length) return 'cut';
    next = octets[place];
    place += headerOctets;
  }
  const tcpOctets = payloadOctets - (place - at - 40);
  return {
    source,
    destination,
    at: place,
    octets: tcpOctets,
    pseudo: pseudoSum(octets, at + 8, at + 40, tcpOctets),
    id: -1,
    direction,
  };
}

/**
 * Both addresses, protocol and length. A routing header (RFC 8200 §4.4) is not followed: it is out of use.
 */
function pseudoSum(octets: Uint8Array, from: number, to: number, tcpOctets: number): number {
  return wordSum(octets, from, to, TCP + tcpOctets);
}

function ipv6Text(octets: Uint8Array, at: number): string {
  let text = '';
  for (let i = 0; i < 16; i += 2) text += (i ? ':' : '') + u16(octets, at + i).toString(16);
  return text;
}
