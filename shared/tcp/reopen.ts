import type { End } from './end.ts';
import { ACK, FIN, RST, SYN } from './segment.ts';
import type { Segment } from './segment.ts';
import { seqAdd, seqGe, seqGt } from './seq.ts';

/**
 * Whether `seg` is a SYN,ACK that takes up a new connection straight from TIME-WAIT (RFC 9293 §3.6.1, MAY-2): the
 * newest arrival was a SYN beyond everything of the old connection, and our own new number is beyond it too.
 */
export function mayReopen(end: Pick<End, 'state' | 'newest' | 'tcb'>, seg: Segment): boolean {
  const { newest, tcb } = end;
  if (end.state !== 'TIME-WAIT' || !newest || tcb.rcv.nxt === null) return false;
  const syn = newest.seg;
  return (
    (syn.flags & (SYN | ACK | RST | FIN)) === SYN &&
    seqGe(syn.seq, tcb.rcv.nxt) &&
    (seg.flags & (SYN | ACK | RST | FIN)) === (SYN | ACK) &&
    seg.ack === seqAdd(syn.seq, 1) &&
    seqGt(seg.seq, tcb.snd.nxt) &&
    seg.dataOctets === 0
  );
}
