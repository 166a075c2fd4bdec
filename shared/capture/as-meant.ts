import type { End } from '../tcp/end.ts';
import { ACK, flagsOf, has, RST, type Segment, SYN } from '../tcp/segment.ts';
import type { Verdict } from '../tcp/verdict.ts';

/**
 * The segment with what is wrong about it put right. The rest of a connection follows from what its ends
 * sent, not from one wrong segment, so that this is what the teller goes on with. The numbers of a RST or SYN
 * that should be none say nothing, nor does an acknowledgment number without ACK.
 */
export function asMeant(seg: Segment, { faults }: Verdict, { tcb }: End): Segment {
  let meant = seg;
  for (const { field, needed } of faults) {
    if (field === 'seq' && typeof needed === 'number') meant = { ...meant, seq: needed };
    else if (field === 'ack' && typeof needed === 'number') meant = { ...meant, ack: needed };
    else if (field === 'flags' && typeof needed === 'string') {
      const flags = flagsOf(needed.split(',')) ?? meant.flags;
      const otherKind = (seg.flags & ~flags & (RST | SYN)) !== 0 && tcb.rcv.nxt !== null;
      meant = { ...meant, flags };
      if (otherKind) meant = { ...meant, seq: tcb.snd.nxt };
      if (otherKind || !has(seg, ACK)) meant = { ...meant, ack: tcb.rcv.nxt ?? meant.ack };
    }
  }
  return meant;
}
