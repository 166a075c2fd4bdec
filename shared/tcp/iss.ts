import { hasCookie } from './backlog.ts';
import { draftOf, resetNumbers } from './draft.ts';
import type { End } from './end.ts';
import { seqAdd } from './seq.ts';

/**
 * The end chooses its initial sequence number now (RFC 9293 §3.4.1). Only while its SYN has not gone out;
 * afterwards the end is returned as it is, and so is one whose number is a cookie.
 */
export function chooseIss(end: End, iss: number): End {
  const { snd, irs, rcv } = end.tcb;
  if (snd.nxt !== end.tcb.iss) return end;
  if (hasCookie(end)) return end;
  if (end.state !== 'CLOSED' && end.state !== 'LISTEN' && end.state !== 'SYN-RECEIVED') return end;
  const d = draftOf(end);
  const { wnd, wl1, wl2 } = snd;
  const shift = (upTo: number): number => seqAdd(upTo, iss - end.tcb.iss);
  resetNumbers(d, iss, wnd);
  d.tcb.irs = irs;
  d.tcb.rcv.nxt = rcv.nxt;
  d.tcb.snd.wl1 = wl1;
  d.tcb.snd.wl2 = wl2;
  d.causes = end.causes.map((c) => (c.upTo === undefined ? c : { ...c, upTo: shift(c.upTo) }));
  return d;
}
