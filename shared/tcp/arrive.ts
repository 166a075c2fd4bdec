import type { End } from './end.ts';
import type { Segment } from './segment.ts';

/** SEGMENT ARRIVES (RFC 9293 §3.10.7). It changes state and opens or closes causes; it sends nothing. What became of it is in `newest`. */
export function arrive(end: End, seg: Segment): End {
  throw new Error(`not yet: ${end.state} ${seg.seq}`);
}
