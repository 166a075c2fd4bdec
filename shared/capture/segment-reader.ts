import { ok, refuse, type Result } from '../result.ts';
import type { CaptureRefusal } from './capture-refusal.ts';
import { captureReader } from './capture-reader.ts';
import { isChecksumRight } from './checksum.ts';
import { Damage } from './damage.ts';
import type { CapturedSegment } from './captured-segment.ts';
import type { Frame, ReadEnd } from './frame.ts';
import { findTcp, type NotTcp } from './ip.ts';
import { readSegment } from './read-segment.ts';

/** What became of a file's frames. */
export interface ReadTally {
  /** TCP segments handed over. */
  readonly segments: number;
  /** Frames left out, by reason. */
  readonly leftOut: Readonly<Record<NotTcp, number>>;
  readonly end: ReadEnd;
}

export interface SegmentReader {
  feed(chunk: Uint8Array): boolean;
  end(): Result<ReadTally, CaptureRefusal>;
}

/** Takes a capture file in chunks and hands over its TCP segments, in the file's order. */
export function segmentReader(onSegment: (captured: CapturedSegment) => void): SegmentReader {
  const leftOut: Record<NotTcp, number> = { other: 0, fragment: 0, cut: 0, malformed: 0, 'link-type': 0 };
  const damage = new Damage();
  let segments = 0;
  let unknownLinkType: number | null = null;
  let knownFrames = 0;
  let start: { sec: number; nanos: number } | null = null;

  const onFrame = (frame: Frame): void => {
    start ??= { sec: frame.sec, nanos: frame.nanos };
    const place = findTcp(frame);
    if (place === 'link-type') unknownLinkType ??= frame.linkType;
    else knownFrames++;
    const read = typeof place === 'string' ? place : readSegment(frame.octets, place.at, place.octets);
    if (typeof place === 'string' || typeof read === 'string') {
      leftOut[read as NotTcp]++;
      return;
    }
    onSegment({
      n: segments++,
      tNanos: (frame.sec - start.sec) * 1e9 + (frame.nanos - start.nanos),
      from: `${place.source}:${read.sourcePort}`,
      to: `${place.destination}:${read.destinationPort}`,
      fromPort: read.sourcePort,
      toPort: read.destinationPort,
      seg: read.seg,
      options: read.options,
      id: place.id,
      direction: place.direction,
      isDamaged: damage.isDamaged(
        place.source,
        isChecksumRight(frame.octets, place.at, place.octets, place.pseudo),
      ),
    });
  };

  const reader = captureReader(onFrame);
  return {
    feed: (chunk) => reader.feed(chunk),
    end() {
      const ended = reader.end();
      if (!ended.ok) return ended;
      if (unknownLinkType !== null && knownFrames === 0) {
        return refuse({ code: 'capture/link-type', linkType: unknownLinkType });
      }
      return ok({ segments, leftOut, end: ended.value });
    },
  };
}
