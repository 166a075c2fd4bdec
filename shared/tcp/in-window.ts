import { segLen } from './segment.ts';
import type { Segment } from './segment.ts';
import { seqDiff } from './seq.ts';

/**
 * Whether the first or the last number of a segment lies in the receive window: the four cases of the
 * acceptability test (RFC 9293 §3.4).
 */
export function inWindow(
  tcb: { readonly rcv: { readonly nxt: number | null; readonly wnd: number } },
  seg: Segment,
): boolean {
  const { nxt, wnd } = tcb.rcv;
  if (nxt === null) return false;
  const first = seqDiff(seg.seq, nxt);
  const len = segLen(seg);
  if (wnd === 0) return len === 0 && first === 0;
  if (first >= 0 && first < wnd) return true;
  if (len === 0) return false;
  const last = first + len - 1;
  return last >= 0 && last < wnd;
}
