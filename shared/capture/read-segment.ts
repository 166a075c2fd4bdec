import type { Segment } from '../tcp/segment.ts';
import type { CapturedOptions } from './captured-segment.ts';
import { u16, u32 } from './read-number.ts';

export interface ReadSegment {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly seg: Segment;
  readonly options: CapturedOptions;
}

export const NO_OPTIONS: CapturedOptions = {
  mss: null,
  windowShift: null,
  sackPermitted: false,
  sack: [],
  tsVal: null,
  tsEcr: null,
  fastOpen: false,
  areCut: false,
};

/**
 * Reads a TCP header (RFC 9293 §3.1). `octets` is what was captured from `at` on, `sentOctets` what header
 * and payload had on the wire, so a segment that the snap length has cut keeps its length. Options that were
 * cut count as absent, and are said to be cut.
 */
export function readSegment(
  octets: Uint8Array,
  at: number,
  sentOctets: number,
): ReadSegment | 'cut' | 'malformed' {
  if (sentOctets < 20) return 'malformed';
  if (octets.length < at + 20) return 'cut';
  const headerOctets = ((octets[at + 12] ?? 0) >> 4) * 4;
  if (headerOctets < 20 || headerOctets > sentOctets) return 'malformed';
  return {
    sourcePort: u16(octets, at),
    destinationPort: u16(octets, at + 2),
    seg: {
      seq: u32(octets, at + 4),
      ack: u32(octets, at + 8),
      flags: octets[at + 13] ?? 0,
      wnd: u16(octets, at + 14),
      dataOctets: sentOctets - headerOctets,
    },
    options: headerOctets === 20 ? NO_OPTIONS : readOptions(octets, at + 20, at + headerOctets),
  };
}

function readOptions(octets: Uint8Array, from: number, end: number): CapturedOptions {
  const to = Math.min(end, octets.length);
  let mss: number | null = null;
  let windowShift: number | null = null;
  let sackPermitted = false;
  let sack: number[] = [];
  let tsVal: number | null = null;
  let tsEcr: number | null = null;
  let fastOpen = false;
  for (let at = from; at < to;) {
    const kind = octets[at];
    if (kind === 0) break;
    if (kind === 1) {
      at++;
      continue;
    }
    const length = octets[at + 1] ?? 0;
    if (length < 2 || at + length > to) break; // RFC 9293 §3.1: what follows an impossible length is unreadable
    if (kind === 2 && length === 4) mss = u16(octets, at + 2);
    else if (kind === 3 && length === 3)
      windowShift = Math.min(octets[at + 2] ?? 0, 14); // RFC 7323 §2.3
    else if (kind === 4 && length === 2) sackPermitted = true;
    else if (kind === 5 && (length - 2) % 8 === 0) {
      sack = [];
      for (let edge = at + 2; edge < at + length; edge += 4) sack.push(u32(octets, edge));
    } else if (kind === 8 && length === 10) {
      tsVal = u32(octets, at + 2);
      tsEcr = u32(octets, at + 6);
    } else if (kind === 34 || (kind === 254 && u16(octets, at + 2) === 0xf989)) {
      fastOpen = true; // RFC 7413, and the experimental number used before it
    }
    at += length;
  }
  return { mss, windowShift, sackPermitted, sack, tsVal, tsEcr, fastOpen, areCut: to < end };
}
