import type { End } from './end.ts';
import { ACK, FIN, RST, SYN } from './segment.ts';
import type { Segment } from './segment.ts';
import { seqAdd, seqGe } from './seq.ts';

/**
 * The SYN that may take up a new connection straight from TIME-WAIT (RFC 9293 §3.6.1, MAY-2): it came last,
 * and lies beyond everything of the old connection. Null if there is none.
 */
export function reopeningSyn(end: Pick<End, 'state' | 'newest' | 'tcb'>): Segment | null {
  const { newest, tcb } = end;
  if (end.state !== 'TIME-WAIT' || !newest || tcb.rcv.nxt === null) return null;
  const { seg } = newest;
  return (seg.flags & (SYN | ACK | RST | FIN)) === SYN && seqGe(seg.seq, tcb.rcv.nxt) ? seg : null;
}

/**
 * Whether `seg` is the SYN,ACK that answers it, with a number of ours that is beyond all that were used:
 * SND.NXT itself was not.
 */
export function mayReopen(end: Pick<End, 'state' | 'newest' | 'tcb'>, seg: Segment): boolean {
  const syn = reopeningSyn(end);
  return (
    syn !== null &&
    (seg.flags & (SYN | ACK | RST | FIN)) === (SYN | ACK) &&
    seg.ack === seqAdd(syn.seq, 1) &&
    seqGe(seg.seq, end.tcb.snd.nxt) &&
    seg.dataOctets === 0
  );
}
