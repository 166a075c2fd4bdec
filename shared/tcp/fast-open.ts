import { draftOf } from './draft.ts';
import type { End } from './end.ts';
import { ACK, FIN, RST, SYN } from './segment.ts';
import type { Segment } from './segment.ts';
import { seqAdd } from './seq.ts';

/**
 * The end as a server with TCP Fast Open (RFC 7413), if that is what `seg` shows it to be; else the end as it
 * is. Such a server takes the data of the SYN at once, so that its SYN,ACK acknowledges it, and may send
 * before the handshake is over, on the SYN,ACK itself or after it.
 */
export function withFastOpen(end: End, seg: Segment): End {
  if (end.state !== 'SYN-RECEIVED' || end.opened !== 'passive' || end.fastOpen) return end;
  if (seg.flags & RST || !(seg.flags & ACK)) return end;
  const { snd, rcv, iss, irs } = end.tcb;
  if (seg.flags & SYN) {
    const [kept] = end.held;
    const takes = snd.nxt === iss && kept !== undefined && kept.dataOctets > 0;
    if (takes && seg.ack === seqAdd(kept.seq, kept.dataOctets)) return takingSynData(end);
    return seg.dataOctets > 0 && end.queued > 0 ? { ...end, fastOpen: true } : end;
  }
  // A cookie may come on a SYN without data: then only an application that writes already shows that it was
  // good.
  const sends = seg.dataOctets > 0 || seg.flags & FIN;
  const opened = rcv.nxt !== null && irs !== null && rcv.nxt !== seqAdd(irs, 1);
  const writes = end.queued > 0 && snd.nxt !== iss;
  return sends && (opened || writes) ? { ...end, fastOpen: true } : end;
}

function takingSynData(end: End): End {
  const d = draftOf(end);
  const [kept, ...rest] = d.held;
  if (!kept) return end;
  d.fastOpen = true;
  d.tcb.rcv.nxt = seqAdd(kept.seq, kept.dataOctets);
  d.held = kept.fin ? [{ seq: d.tcb.rcv.nxt, dataOctets: 0, fin: true }, ...rest] : rest;
  return d;
}
