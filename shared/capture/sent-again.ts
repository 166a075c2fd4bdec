import { type End } from '../tcp/end.ts';
import { judge } from '../tcp/judge.ts';
import { FIN, has, type Segment, segEnd } from '../tcp/segment.ts';
import { seqDiff, seqGt, seqLe } from '../tcp/seq.ts';
import type { Verdict } from '../tcp/verdict.ts';

/**
 * Judges a segment as one that is sent again before word of its arrival has come (§3.8.1). What the peer
 * acknowledges is taken to be known soon after, but no capture shows that: the ACK may have been lost, or be
 * late.
 */
export function judgeSentAgain(end: End, seg: Segment): Verdict | null {
  const { iss, snd } = end.tcb;
  const last = segEnd(seg);
  if (seqLe(last, seg.seq) || seqLe(seg.seq, iss) || seqGt(last, snd.nxt) || seqGt(seg.seq, snd.una))
    return null;
  const fin = end.finSeq !== null && snd.nxt !== end.finSeq ? FIN : 0;
  const dataOctets = seqDiff(snd.nxt, seg.seq) - (fin ? 1 : 0);
  const before = {
    ...end,
    tcb: { ...end.tcb, snd: { ...snd, una: seg.seq } },
    unacked: [{ seq: seg.seq, flags: fin, dataOctets }],
  };
  const verdict = judge(before, seg, { app: 'free' });
  if (verdict.verdict === 'wrong') return null;
  return { ...verdict, verdict: 'legal', why: has(seg, FIN) ? 'retransmit-fin' : 'retransmit' };
}
