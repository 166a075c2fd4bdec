import type { CaptureRefusal } from './capture-refusal.ts';
import type { Frame, ReadEnd } from './frame.ts';
import { OctetFeed, type Parser } from './octet-feed.ts';
import { pcapKind, readPcap, type PcapOutcome } from './pcap.ts';
import { readPcapng, SECTION_HEADER } from './pcapng.ts';
import { u32 } from './read-number.ts';
import { ok, refuse, type Result } from '../result.ts';

/** Takes a capture file's octets in chunks of any size and hands over its frames as they become whole. */
export interface CaptureReader {
  /** The next chunk, which may be used again afterwards. Returns false when no more need be given. */
  feed(chunk: Uint8Array): boolean;
  /** Nothing more comes: how it ended, or why it is no capture. */
  end(): Result<ReadEnd, CaptureRefusal>;
}

/** Reads classic pcap and pcapng, whichever it turns out to be. Memory is bounded, however large the file. */
export function captureReader(onFrame: (frame: Frame) => void): CaptureReader {
  let frames = 0;
  const input = new OctetFeed(
    readAny((frame) => {
      frames++;
      onFrame(frame);
    }),
  );
  return {
    feed: (chunk) => input.feed(chunk),
    end() {
      input.end();
      const outcome = input.result;
      const atOctet = input.consumedOctets;
      if (outcome === undefined) throw new Error('the parser neither ended nor asked for more');
      if (typeof outcome === 'object' && 'code' in outcome) return refuse(outcome);
      if (outcome === 'cut-header') return refuse({ code: 'capture/cut-header' });
      if (typeof outcome === 'object') {
        if (frames === 0) return refuse({ code: 'capture/damaged', atOctet, what: outcome.damaged });
        return ok({ how: 'damaged', atOctet, what: outcome.damaged });
      }
      if (outcome === 'inside' || input.leftOver) return ok({ how: 'cut', atOctet });
      return ok({ how: 'whole' });
    },
  };
}

function* readAny(onFrame: (frame: Frame) => void): Parser<PcapOutcome | CaptureRefusal> {
  const magic = yield 4;
  if (!magic) return { code: 'capture/empty' };
  const kind = pcapKind(magic);
  if (kind) return yield* readPcap(kind, onFrame);
  if (u32(magic, 0) === SECTION_HEADER) return yield* readPcapng(onFrame);
  return { code: 'capture/not-a-capture', looksLike: looksLike(magic) };
}

/** What people hand over by mistake. */
function looksLike(magic: Uint8Array): string | null {
  const first = u32(magic, 0);
  if (first >>> 16 === 0x1f8b) return 'gzip; unpack it first';
  if (first === 0x28b52ffd) return 'zstd; unpack it first';
  if (first === 0xfd377a58) return 'xz; unpack it first';
  if (first === 0x504b0304) return 'a zip archive; unpack it first';
  if (first === 0x736e6f6f) return 'a snoop capture; convert it with editcap';
  if (magic.every((octet) => octet === 9 || octet === 10 || octet === 13 || (octet >= 32 && octet < 127))) {
    return 'text';
  }
  return null;
}
