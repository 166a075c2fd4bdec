import type { Frame } from './frame.ts';
import { KEPT_OCTETS } from './frame.ts';
import type { Parser } from './octet-feed.ts';
import type { PcapOutcome } from './pcap.ts';
import { u16, u32 } from './read-number.ts';

/** Block types of draft-ietf-opsawg-pcapng. The section header's reads the same in both byte orders. */
export const SECTION_HEADER = 0x0a0d0d0a;
export const INTERFACE_DESCRIPTION = 1;
const OLD_PACKET = 2;
const SIMPLE_PACKET = 3;
export const ENHANCED_PACKET = 6;
export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;

/** An interface's options are looked for in so many octets of its block. */
const DESCRIPTION_OCTETS = 64 * 1024;
const LONGEST_BLOCK = 64 * 1024 * 1024;
/** A hostile file may describe interfaces without end. */
const MOST_INTERFACES = 65_536;

interface Interface {
  readonly linkType: number;
  /** Octets; 0 is no limit. */
  readonly snapOctets: number;
  /** Units of its timestamps in a second. */
  readonly unitsPerSec: bigint;
  readonly offsetSec: number;
}

/** Reads a pcapng file whose first four octets, the type of its first section header, are already taken. */
export function* readPcapng(onFrame: (frame: Frame) => void): Parser<PcapOutcome> {
  let little = false;
  let interfaces: Interface[] = [];
  let first = true;
  let clock = { sec: 0, nanos: 0 }; // a simple packet has no time: the last one known serves

  for (;;) {
    const type = first ? null : yield 4;
    if (!first && !type) return 'boundary';
    first = false;
    const isSection = type === null || u32(type, 0) === SECTION_HEADER;
    const blockType = isSection || type === null ? SECTION_HEADER : u32(type, 0, little);

    const length = yield 4;
    if (!length) return 'inside';
    let bodyOctets: number;
    if (isSection) {
      const bigLength = u32(length, 0);
      const littleLength = u32(length, 0, true);
      const magic = yield 4;
      if (!magic) return 'inside';
      if (u32(magic, 0) === BYTE_ORDER_MAGIC) little = false;
      else if (u32(magic, 0, true) === BYTE_ORDER_MAGIC) little = true;
      else return { damaged: 'a section header without its byte-order magic' };
      const total = little ? littleLength : bigLength;
      if (total < 28 || total % 4 !== 0 || total > LONGEST_BLOCK) {
        return { damaged: `a section header of ${total} octets` };
      }
      interfaces = [];
      bodyOctets = total - 16;
    } else {
      const total = u32(length, 0, little);
      if (total < 12 || total % 4 !== 0 || total > LONGEST_BLOCK) {
        return { damaged: `a block of ${total} octets` };
      }
      bodyOctets = total - 12;
    }

    let keptOctets = 0;
    if (blockType === INTERFACE_DESCRIPTION) keptOctets = Math.min(bodyOctets, DESCRIPTION_OCTETS);
    else if (isPacket(blockType)) keptOctets = Math.min(bodyOctets, KEPT_OCTETS);
    if (keptOctets > 0) {
      const body = yield keptOctets;
      if (!body) return 'inside';
      if (blockType === INTERFACE_DESCRIPTION) {
        if (interfaces.length < MOST_INTERFACES) interfaces.push(readInterface(body, little));
      } else {
        const frame = readFrame(blockType, body, bodyOctets, little, interfaces, clock);
        if (frame) {
          clock = frame;
          onFrame(frame);
        }
      }
    }
    // The rest of the body, and the length again.
    if (!(yield keptOctets - bodyOctets - 4)) return 'inside';
  }
}

function isPacket(blockType: number): boolean {
  return blockType === ENHANCED_PACKET || blockType === SIMPLE_PACKET || blockType === OLD_PACKET;
}

function readInterface(body: Uint8Array, little: boolean): Interface {
  let unitsPerSec = 1_000_000n;
  let offsetSec = 0;
  for (let at = 8; at + 4 <= body.length;) {
    const option = u16(body, at, little);
    const octets = u16(body, at + 2, little);
    if (option === 0) break;
    if (option === IF_TSRESOL && octets >= 1) {
      const resolution = body[at + 4] ?? 6;
      // The top bit chooses between powers of two and of ten. Finer than 2^-63 is nonsense; so is 10^-20.
      unitsPerSec =
        resolution & 0x80
          ? 2n ** BigInt(Math.min(resolution & 0x7f, 63))
          : 10n ** BigInt(Math.min(resolution, 19));
    }
    if (option === IF_TSOFFSET && octets >= 8) {
      const high = u32(body, little ? at + 8 : at + 4, little) | 0;
      offsetSec = high * 2 ** 32 + u32(body, little ? at + 4 : at + 8, little);
    }
    at += 4 + octets + ((4 - (octets % 4)) % 4);
  }
  return { linkType: u16(body, 0, little), snapOctets: u32(body, 4, little), unitsPerSec, offsetSec };
}

function readFrame(
  blockType: number,
  body: Uint8Array,
  bodyOctets: number,
  little: boolean,
  interfaces: readonly Interface[],
  clock: { sec: number; nanos: number },
): Frame | null {
  if (blockType === SIMPLE_PACKET) {
    const from = interfaces[0];
    if (!from || bodyOctets < 4) return null;
    const wireOctets = u32(body, 0, little);
    const limit = from.snapOctets === 0 ? Infinity : from.snapOctets;
    const captured = Math.min(wireOctets, limit, bodyOctets - 4);
    return {
      linkType: from.linkType,
      sec: clock.sec,
      nanos: clock.nanos,
      wireOctets: Math.max(wireOctets, captured),
      octets: body.subarray(4, 4 + captured),
    };
  }
  if (bodyOctets < 20) return null;
  const from = interfaces[blockType === OLD_PACKET ? u16(body, 0, little) : u32(body, 0, little)];
  if (!from) return null;
  const captured = Math.min(u32(body, 12, little), bodyOctets - 20);
  const { sec, nanos } = instant(u32(body, 4, little), u32(body, 8, little), from);
  return {
    linkType: from.linkType,
    sec,
    nanos,
    wireOctets: Math.max(u32(body, 16, little), captured),
    octets: body.subarray(20, 20 + captured),
  };
}

function instant(high: number, low: number, from: Interface): { sec: number; nanos: number } {
  if (from.unitsPerSec === 1_000_000n && high < 0x200000) {
    const micros = high * 2 ** 32 + low; // exact below 2^53: faster than a bigint, and nearly always so
    const sec = Math.floor(micros / 1e6);
    return { sec: sec + from.offsetSec, nanos: (micros - sec * 1e6) * 1000 };
  }
  const units = (BigInt(high) << 32n) | BigInt(low);
  return {
    sec: Number(units / from.unitsPerSec) + from.offsetSec,
    nanos: Number(((units % from.unitsPerSec) * 1_000_000_000n) / from.unitsPerSec),
  };
}
