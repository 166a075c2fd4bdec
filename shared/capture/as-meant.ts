import { flagsOf, type Segment } from '../tcp/segment.ts';
import type { Verdict } from '../tcp/verdict.ts';

/**
 * The segment with what is wrong about it put right. The rest of a connection follows from what its ends sent, not from one
 * wrong segment, so that this is what the teller goes on with.
 */
export function asMeant(seg: Segment, verdict: Verdict): Segment {
  let meant = seg;
  for (const { field, needed } of verdict.faults) {
    if (field === 'seq' && typeof needed === 'number') meant = { ...meant, seq: needed };
    else if (field === 'ack' && typeof needed === 'number') meant = { ...meant, ack: needed };
    else if (field === 'flags' && typeof needed === 'string') {
      meant = { ...meant, flags: flagsOf(needed.split(',')) ?? meant.flags };
    }
  }
  return meant;
}
