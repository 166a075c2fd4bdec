import { legal } from '../tcp/judge.ts';
import { ACK, has, RST, segLen, SYN, type Segment, segEnd } from '../tcp/segment.ts';
import { seqLe, seqLt } from '../tcp/seq.ts';
import type { Verdict } from '../tcp/verdict.ts';
import type { CapturedSegment } from './captured-segment.ts';

/** A segment that was right when it was sent, and of which nothing more is known. */
export function duplicateOf(seg: Segment): Verdict {
  return legal(segLen(seg) > 0 ? 'retransmit' : 'duplicate-ack');
}

/** Nothing is overtaken on its way by what was sent so much later. */
const LATE_NANOS = 100_000_000;

/**
 * Whether a segment acknowledges less than the `first` that was captured of its end, and thus was sent before
 * that: if neither identification nor timestamps speak against it.
 */
export function isFromBefore(first: CapturedSegment, { seg, id, options, tNanos }: CapturedSegment): boolean {
  if (has(seg, SYN | RST) || !has(seg, ACK) || !has(first.seg, ACK) || !seqLt(seg.ack, first.seg.ack))
    return false;
  if (id > 0 && first.id > 0 && ((first.id - id) & 0xffff) >= 0x8000) return false;
  if (!isNoNewer(options.tsVal, first.options.tsVal) || !isNoNewer(options.tsEcr, first.options.tsEcr))
    return false;
  return tNanos - first.tNanos < LATE_NANOS && seqLe(segEnd(seg), segEnd(first.seg));
}

function isNoNewer(ts: number | null, than: number | null): boolean {
  return ts === null || than === null || seqLe(ts, than);
}
