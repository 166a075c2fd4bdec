import { FIN, has, RST, segLen, type Segment } from '../tcp/segment.ts';
import type { Line } from './line.ts';
import type { Outlook } from './outlook.ts';
import type { Reading } from './reading.ts';
import type { Waiting } from './receive.ts';

/**
 * A bare ACK that nothing called for, and that leaves out the FIN which came just before it: no kernel says
 * the same twice without a cause. Only if the FIN is sent again it may not have arrived, or if a RST follows,
 * which may have come before it and been challenged.
 */
export function overlooksFin(
  { end, verdict }: Reading,
  waiting: readonly Waiting[],
  { captured }: Line,
  seg: Segment,
  outlook: Outlook,
): boolean {
  const last = end.lastSent;
  if (verdict.why !== 'duplicate-ack' || last?.ack !== seg.ack || last.wnd !== seg.wnd) return false;
  if (captured.options.sack.length > 0 || end.causes.length > 0 || outlook.finWasLate(seg.ack)) return false;
  const fin = waiting.findIndex((one) => segLen(one.seg) > 0);
  const one = waiting[fin]?.seg;
  if (!one || !has(one, FIN) || one.seq !== end.tcb.rcv.nxt) return false;
  return !waiting.slice(fin + 1).some((other) => segLen(other.seg) > 0 || has(other.seg, RST));
}
