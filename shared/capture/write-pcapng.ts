import type { Segment } from '../tcp/segment.ts';
import { onesComplement } from './checksum.ts';
import { BYTE_ORDER_MAGIC, ENHANCED_PACKET, INTERFACE_DESCRIPTION, SECTION_HEADER } from './pcapng.ts';

/** A segment to be written. */
export interface WrittenSegment {
  /** Milliseconds since the epoch; fractions down to the microsecond are kept. */
  readonly at: number;
  readonly from: 'client' | 'server';
  readonly seg: Segment;
  /** Shown by Wireshark above the segment. */
  readonly comment?: string;
}

export interface WriteOptions {
  /** Shown as the capture's comment. */
  readonly comment?: string;
}

/**
 * Ports and addresses in every capture the lab writes: from the block for documentation (RFC 5737),
 * and ports that no dissector claims.
 */
const ENDS = {
  client: { address: 0xc0000201, port: 49_152 },
  server: { address: 0xc0000202, port: 7_293 },
} as const;

const RAW_IP = 101;
const OPT_COMMENT = 1;
const OPT_END = 0;
/** Fits IPv4's total length together with both headers. */
const MOST_DATA_OCTETS = 65_535 - 40;

/**
 * The segments as a pcapng file: raw IPv4 (link type 101), checksums right, comments kept. Payload is the
 * segment's text, filled up with dots to `dataOctets`; data beyond what one IPv4 datagram holds is left out.
 */
export function writePcapng(segments: readonly WrittenSegment[], options: WriteOptions = {}): Uint8Array {
  const blocks = [sectionHeader(options.comment), interfaceDescription()];
  const ids = { client: 0, server: 0 };
  for (const written of segments) blocks.push(enhancedPacket(written, ids[written.from]++ & 0xffff));
  const file = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    file.set(block, at);
    at += block.length;
  }
  return file;
}

function sectionHeader(comment: string | undefined): Uint8Array {
  const body = new Uint8Array(16);
  const view = new DataView(body.buffer);
  view.setUint32(0, BYTE_ORDER_MAGIC, true);
  view.setUint16(4, 1, true); // version 1.0
  view.setBigInt64(8, -1n, true); // section length: not given
  return block(SECTION_HEADER, body, comment);
}

function interfaceDescription(): Uint8Array {
  const body = new Uint8Array(8);
  new DataView(body.buffer).setUint16(0, RAW_IP, true); // snap length 0: none; times in microseconds by default
  return block(INTERFACE_DESCRIPTION, body, undefined);
}

function enhancedPacket(written: WrittenSegment, id: number): Uint8Array {
  const datagram = ipv4Datagram(written, id);
  const body = new Uint8Array(20 + padded(datagram.length));
  const view = new DataView(body.buffer);
  const micros = Math.round(written.at * 1000);
  view.setUint32(4, Math.floor(micros / 2 ** 32), true);
  view.setUint32(8, micros % 2 ** 32, true);
  view.setUint32(12, datagram.length, true);
  view.setUint32(16, datagram.length, true);
  body.set(datagram, 20);
  return block(ENHANCED_PACKET, body, written.comment);
}

function block(type: number, body: Uint8Array, comment: string | undefined): Uint8Array {
  const text = comment === undefined ? null : utf8(comment).subarray(0, 0xffff);
  const optionOctets = text ? 4 + padded(text.length) + 4 : 0;
  const total = 12 + body.length + optionOctets;
  const octets = new Uint8Array(total);
  const view = new DataView(octets.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, total, true);
  octets.set(body, 8);
  if (text) {
    const at = 8 + body.length;
    view.setUint16(at, OPT_COMMENT, true);
    view.setUint16(at + 2, text.length, true);
    octets.set(text, at + 4);
    view.setUint32(at + 4 + padded(text.length), OPT_END, true);
  }
  view.setUint32(total - 4, total, true);
  return octets;
}

function ipv4Datagram({ from, seg }: WrittenSegment, id: number): Uint8Array {
  const source = ENDS[from];
  const destination = ENDS[from === 'client' ? 'server' : 'client'];
  const payloadOctets = Math.min(seg.dataOctets, MOST_DATA_OCTETS);
  const octets = new Uint8Array(40 + payloadOctets);
  const view = new DataView(octets.buffer);

  view.setUint8(0, 0x45);
  view.setUint16(2, octets.length);
  view.setUint16(4, id);
  view.setUint16(6, 0x4000); // do not fragment
  view.setUint8(8, 64);
  view.setUint8(9, 6);
  view.setUint32(12, source.address);
  view.setUint32(16, destination.address);
  view.setUint16(10, onesComplement(octets, 0, 20, 0));

  view.setUint16(20, source.port);
  view.setUint16(22, destination.port);
  view.setUint32(24, seg.seq);
  view.setUint32(28, seg.ack);
  view.setUint8(32, 5 << 4);
  view.setUint8(33, seg.flags);
  view.setUint16(34, Math.min(seg.wnd, 0xffff));
  octets.fill(0x2e, 40); // '.'
  if (seg.text !== undefined) octets.set(utf8(seg.text).subarray(0, payloadOctets), 40);
  // The pseudo-header (RFC 9293 §3.1): both addresses are summed in place, then protocol and length.
  view.setUint16(36, onesComplement(octets, 12, octets.length, 6 + octets.length - 20));
  return octets;
}

function padded(octets: number): number {
  return (octets + 3) & ~3;
}

/** UTF-8 by hand: TextEncoder is the platform's, and this folder has none. Lone surrogates become U+FFFD. */
function utf8(text: string): Uint8Array {
  const octets: number[] = [];
  for (const character of text) {
    let code = character.codePointAt(0) ?? 0xfffd;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) octets.push(code);
    else if (code < 0x800) octets.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) octets.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else {
      octets.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
    }
  }
  return Uint8Array.from(octets);
}
