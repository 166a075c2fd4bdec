import { segLen, type Segment } from '../tcp/segment.ts';
import type { Verdict } from '../tcp/verdict.ts';

/** A segment that was right when it was sent, and of which nothing more is known. */
export function duplicateOf(seg: Segment): Verdict {
  return { verdict: 'legal', why: segLen(seg) > 0 ? 'retransmit' : 'duplicate-ack', causes: [], faults: [] };
}
