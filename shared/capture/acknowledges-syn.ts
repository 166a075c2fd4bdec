import { ACK, has, type Segment } from '../tcp/segment.ts';
import { seqDiff } from '../tcp/seq.ts';
import type { Speaker } from './speaker.ts';

/** Whether a segment acknowledges an end's SYN, with or without octets on it (RFC 7413). */
export function acknowledgesSyn(
  { base, synDataOctets }: Pick<Speaker, 'base' | 'synDataOctets'>,
  seg: Segment,
): boolean {
  if (base === null || !has(seg, ACK)) return false;
  const acked = seqDiff(seg.ack, base) - 1;
  return acked >= 0 && acked <= synDataOctets;
}
