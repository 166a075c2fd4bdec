import { arrive } from '../tcp/arrive.ts';
import type { End } from '../tcp/end.ts';
import { judge } from '../tcp/judge.ts';
import { has, RST, type Segment } from '../tcp/segment.ts';
import { seqGt, seqLe } from '../tcp/seq.ts';
import type { State } from '../tcp/state.ts';
import { MOST_READINGS } from './evidence.ts';
import { capturedEnd } from './inferred-end.ts';
import type { Reading } from './reading.ts';
import type { Waiting } from './receive.ts';

/**
 * States whose application may be gone without a segment that says so, or with a RST that was not captured.
 */
const OPEN: ReadonlySet<State> = new Set<State>(['SYN-SENT', 'ESTABLISHED', 'CLOSE-WAIT']);

/**
 * The end after its application was gone, if a RST without ACK answers what an open connection would have
 * taken: it closed in SYN-SENT, which sends nothing (§3.10.4), or aborted unseen; a RST that aborts carries
 * an ACK in every kernel.
 */
export function gone(end: End, refused: Segment): End | null {
  const { iss, snd } = end.tcb;
  // To what does not acknowledge its SYN an end answers so that is still there (§3.10.7.3).
  if (end.state === 'SYN-SENT' && !(seqGt(refused.ack, iss) && seqLe(refused.ack, snd.nxt))) return null;
  return OPEN.has(end.state) ? { ...capturedEnd(end.tcb.iss), closedFrom: end.state } : null;
}

/**
 * A RST for something that arrived after the application was gone, in a way that sent nothing: for one of
 * those `heard`, or of the waiting, the newest first.
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
  const strays = [...heard, ...(last ? [last] : []), ...waiting.map((one) => one.seg).reverse()];
  for (const stray of strays.slice(0, MOST_READINGS)) {
    const verdict = judge(arrive(closed, stray), seg, { app: 'free' });
    if (verdict.verdict !== 'wrong') {
      return { received: first.received, end: { ...closed, tcb: end.tcb }, verdict };
    }
  }
  return null;
}
