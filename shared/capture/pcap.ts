import type { Frame } from './frame.ts';
import { KEPT_OCTETS } from './frame.ts';
import type { Parser } from './octet-feed.ts';
import { u32 } from './read-number.ts';

/** What the first four octets of a classic pcap say about the rest of it. */
export interface PcapKind {
  readonly littleEndian: boolean;
  /** Nanoseconds in one unit of a record's fraction of a second. */
  readonly fractionNanos: 1 | 1000;
  /** Octets of one record's header. */
  readonly recordOctets: 16 | 24;
}

/** The kind of classic pcap these four octets begin; null if they begin none. */
export function pcapKind(magic: Uint8Array): PcapKind | null {
  for (const littleEndian of [true, false]) {
    switch (u32(magic, 0, littleEndian)) {
      case 0xa1b2c3d4:
        return { littleEndian, fractionNanos: 1000, recordOctets: 16 };
      case 0xa1b23c4d:
        return { littleEndian, fractionNanos: 1, recordOctets: 16 };
      case 0xa1b2cd34: // the "modified" format of old Linux captures: interface and protocol in every record
        return { littleEndian, fractionNanos: 1000, recordOctets: 24 };
    }
  }
  return null;
}

/** No writer cuts longer than this; a larger length means that the record is not one. */
const LONGEST_RECORD = 64 * 1024 * 1024;

export type PcapOutcome = 'cut-header' | 'boundary' | 'inside' | { readonly damaged: string };

/** Reads what follows the magic number of a classic pcap, record by record. */
export function* readPcap(kind: PcapKind, onFrame: (frame: Frame) => void): Parser<PcapOutcome> {
  const little = kind.littleEndian;
  const header = yield 20;
  if (!header) return 'cut-header';
  // The upper bits of the field say how long the frame check sequence is; IP knows where it ends without
  // that.
  const linkType = u32(header, 16, little) & 0xffff;

  for (;;) {
    const record = yield kind.recordOctets;
    if (!record) return 'boundary';
    const sec = u32(record, 0, little);
    const fraction = u32(record, 4, little) * kind.fractionNanos;
    const capturedOctets = u32(record, 8, little);
    const wireOctets = u32(record, 12, little);
    if (capturedOctets > LONGEST_RECORD) return { damaged: `a record of ${capturedOctets} octets` };
    const keptOctets = Math.min(capturedOctets, KEPT_OCTETS);
    const octets = yield keptOctets;
    if (!octets) return 'inside';
    onFrame({
      linkType,
      sec: sec + Math.floor(fraction / 1e9),
      nanos: fraction % 1e9,
      wireOctets: Math.max(wireOctets, capturedOctets),
      octets,
    });
    if (capturedOctets > keptOctets && !(yield keptOctets - capturedOctets)) return 'inside';
  }
}
