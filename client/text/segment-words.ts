import { ACK, flagNames } from '../../shared/tcp/segment.ts';
import type { Segment } from '../../shared/tcp/segment.ts';

/** A segment as one says it aloud: `SYN,ACK seq 300 ack 101 len 0`. */
export function segmentWords(seg: Segment): string {
  const flags = flagNames(seg.flags).join(',') || '–';
  const ack = seg.flags & ACK ? ` ack ${seg.ack}` : '';
  const len = seg.dataOctets > 0 ? ` len ${seg.dataOctets}` : '';
  return `${flags} seq ${seg.seq}${ack}${len}`;
}
