import type { End } from '../tcp/end.ts';
import { withInferredCalls } from '../tcp/infer.ts';
import { judge } from '../tcp/judge.ts';
import { has, RST, type Segment, SYN } from '../tcp/segment.ts';
import type { Verdict } from '../tcp/verdict.ts';
import type { Reading } from './reading.ts';

/** How much is wrong: another kind of segment is more than another number. */
function blame({ faults }: Verdict): number {
  let sum = 0;
  for (const { field } of faults) sum += field === 'flags' ? 3 : 1;
  return sum;
}

/**
 * A wrong segment, judged with the calls that would have made it right at SND.NXT, if it has less wrong with
 * it then: a FIN or data with a slip in its number, or with a SYN, is no FIN before CLOSE, nor data that the
 * application never gave.
 */
function judgeAsCalled(end: End, seg: Segment, wrong: Verdict): Verdict {
  const { snd, rcv } = end.tcb;
  if (has(seg, RST) || rcv.nxt === null) return wrong;
  const called = withInferredCalls(end, { ...seg, flags: seg.flags & ~SYN, seq: snd.nxt, ack: rcv.nxt });
  if (called === end) return wrong;
  const verdict = judge(called, seg, { app: 'scripted' });
  return verdict.verdict === 'wrong' && blame(verdict) <= blame(wrong) ? verdict : wrong;
}

/** Of the readings by which a segment is wrong, the one that finds the least wrong with it. */
export function leastBlame(seg: Segment, readings: readonly Reading[]): Reading | null {
  let least: Reading | null = null;
  for (const reading of readings) {
    const verdict = judgeAsCalled(reading.end, seg, reading.verdict);
    if (!least || blame(verdict) < blame(least.verdict)) least = { ...reading, verdict };
  }
  return least;
}
