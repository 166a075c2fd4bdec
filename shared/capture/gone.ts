import { arrive } from '../tcp/arrive.ts';
import type { End } from '../tcp/end.ts';
import { judge } from '../tcp/judge.ts';
import { ACK, has, RST, SYN, type Segment } from '../tcp/segment.ts';
import { MOST_READINGS } from './evidence.ts';
import { capturedEnd } from './inferred-end.ts';
import type { Reading } from './reading.ts';
import type { Waiting } from './receive.ts';

/**
 * A RST without ACK for what an open connection would have taken: nobody was there any more. The application closed in SYN-SENT,
 * which sends nothing (§3.10.4), or aborted with a RST that was not captured; a RST that aborts carries an ACK in every kernel.
 */
export function goneBefore(end: End | null, waiting: readonly Waiting[], seg: Segment): End | null {
  if (!end || !has(seg, RST) || has(seg, ACK)) return null;
  if (end.state !== 'SYN-SENT' && end.state !== 'ESTABLISHED' && end.state !== 'CLOSE-WAIT') return null;
  const late = waiting.some(
    (one) =>
      has(one.seg, ACK) &&
      !has(one.seg, RST) &&
      one.seg.ack === seg.seq &&
      (end.state !== 'SYN-SENT' || has(one.seg, SYN)),
  );
  return late ? { ...capturedEnd(end.tcb.iss), closedFrom: end.state } : null;
}

/**
 * A RST for something that arrived after the application was gone, in a way that sent nothing: for one of the waiting, the newest
 * first, or of those `heard`.
 */
export function closedUnseen(
  end: End,
  waiting: readonly Waiting[],
  heard: readonly Segment[],
  seg: Segment,
  first: Reading,
): Reading | null {
  if (!has(seg, RST)) return null;
  const closed = capturedEnd(end.tcb.iss);
  const last = first.received.end.newest?.seg;
  const strays = [...waiting.map((one) => one.seg).reverse(), ...(last ? [last] : []), ...heard];
  for (const stray of strays.slice(0, MOST_READINGS)) {
    const verdict = judge(arrive(closed, stray), seg, { app: 'free' });
    if (verdict.verdict !== 'wrong') {
      return { received: first.received, end: { ...closed, tcb: end.tcb }, verdict };
    }
  }
  return null;
}
