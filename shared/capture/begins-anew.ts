import { FIN, has, RST, SYN } from '../tcp/segment.ts';
import { seqAdd, seqGe, seqGt, seqLe, seqLt } from '../tcp/seq.ts';
import type { Line } from './line.ts';
import { nextOfSender } from './next-of.ts';
import type { Speaker } from './speaker.ts';

/** How far ahead the numbers of one connection may be of what was captured of it. */
const SAME_STREAM = 1 << 16;

/** A SYN with a number of its own, unless its sender goes on with the numbers that it had. */
export function beginsAgain({ base, end }: Speaker, line: Line, upcoming: readonly Line[]): boolean {
  const { seg } = line;
  if (base === seg.seq) return false;
  const next = nextOfSender(line, upcoming)?.seg;
  if (!end || !next || has(next, SYN) || next.seq === seqAdd(seg.seq, 1)) return true;
  const { una, nxt } = end.tcb.snd;
  return seqLt(next.seq, seqAdd(una, -1)) || seqGt(next.seq, seqAdd(nxt, SAME_STREAM));
}

/**
 * A SYN,ACK with numbers that are both new, which its sender goes on from: the SYN before it was not
 * captured.
 */
export function answersUnseenSyn(
  speaker: Speaker,
  listener: Speaker,
  line: Line,
  upcoming: readonly Line[],
): boolean {
  const { seg } = line;
  if (!speaker.hasSpoken || isInStream(speaker, seg.seq) || isInStream(listener, seg.ack)) return false;
  return seg.dataOctets === 0 && !has(seg, FIN | RST) && goesOnFrom(line, upcoming);
}

/** Whether the next that its sender sends has the number that follows a SYN's. */
function goesOnFrom(line: Line, upcoming: readonly Line[]): boolean {
  const next = nextOfSender(line, upcoming)?.seg;
  const after = seqAdd(line.seg.seq, 1);
  return (
    next !== undefined &&
    !has(next, SYN) &&
    (next.seq === after || next.seq === seqAdd(after, line.seg.dataOctets))
  );
}

/** Whether a number may be one of those that an end uses in this connection. */
export function isInStream({ base, reach }: Speaker, number: number): boolean {
  if (base === null) return false;
  return (
    seqGe(number, seqAdd(base, -SAME_STREAM)) && seqLe(number, seqAdd(reach.sentUpTo ?? base, SAME_STREAM))
  );
}
