import type { End } from './end.ts';
import type { Segment } from './segment.ts';

/** This end has put `seg` on the wire, right or wrong. Of a wrong segment only the parts count that are consistent with the TCB. */
export function sent(end: End, seg: Segment): End {
  throw new Error(`not yet: ${end.state} ${seg.seq}`);
}
