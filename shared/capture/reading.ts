import type { End } from '../tcp/end.ts';
import { chooseIss } from '../tcp/iss.ts';
import { judge } from '../tcp/judge.ts';
import { has, RST, SYN, type Segment } from '../tcp/segment.ts';
import { seqLt } from '../tcp/seq.ts';
import type { Verdict } from '../tcp/verdict.ts';
import { afterSending, inState, withWindow, withWindowUpTo } from './inferred-end.ts';
import type { Outlook } from './outlook.ts';
import { type Evidence, receive, type Received, type Waiting } from './receive.ts';
import type { Sender } from './sender.ts';
import { afterUnseenAck, afterUnseenArrivals } from './unseen-arrivals.ts';
import {
  afterLostAck,
  afterUnseen,
  receiveAround,
  unseenSends,
  withUnseenHandshake,
} from './unseen-sends.ts';

/**
 * One way to understand a segment: what had arrived before it was sent, what the end was then, and how the
 * segment is judged.
 */
export interface Reading {
  readonly received: Received;
  readonly end: End;
  readonly verdict: Verdict;
}

/**
 * Reads one segment by one piece of evidence. Pure: the caller tries several and keeps the one that makes
 * sense.
 */
export function readSent(
  sender: Sender,
  before: End,
  waiting: readonly Waiting[],
  seg: Segment,
  id: number,
  evidence: Evidence,
  outlook: Outlook,
): Reading {
  const synchronized = before.tcb.rcv.nxt !== null && before.state !== 'SYN-RECEIVED';
  const unseen = synchronized ? unseenSends(sender, before, seg, id, outlook) : null;
  const received = unseen
    ? receiveAround(before, unseen, waiting, evidence)
    : receive(before, waiting, evidence);
  let ready = received.end;
  if (evidence.bound !== null) ready = afterUnseenArrivals(sender, ready, seg, evidence.bound, outlook);
  ready = withUnseenHandshake(sender, ready, seg);
  if (!synchronized) ready = afterUnseen(ready, unseenSends(sender, ready, seg, id, outlook));
  if (has(seg, SYN)) ready = chooseIss(ready, seg.seq);
  const verdict = judgeCaptured(sender, ready, seg, outlook);
  const acked = verdict.verdict === 'wrong' ? afterUnseenAck(ready, waiting, seg, outlook) : null;
  const otherwise = acked && judgeCaptured(sender, acked, seg, outlook);
  if (acked && otherwise && otherwise.verdict !== 'wrong')
    return { received, end: acked, verdict: otherwise };
  return { received, end: ready, verdict };
}

/** The end after it sent a segment, with Fast Open and with a window that may have shrunk since. */
export function afterCaptured(end: End, seg: Segment, rightEdge: number | null, outlook: Outlook): End {
  if (has(seg, SYN)) return afterSending(end, seg.dataOctets > 0 ? { ...seg, dataOctets: 0 } : seg);
  // Linux looks at the ACK of a half-open connection before it looks at the number: the RST is for a stray.
  if (end.state === 'SYN-RECEIVED' && has(seg, RST) && seg.seq !== end.tcb.snd.nxt) return end;
  if (outlook.fastOpen && end.state === 'SYN-RECEIVED' && seg.dataOctets > 0 && end.opened === 'passive') {
    const after = afterSending(inState(end, 'ESTABLISHED'), seg);
    return after.state === 'ESTABLISHED' ? inState(after, 'SYN-RECEIVED') : after;
  }
  return withWindow(afterSending(withWindowUpTo(end, rightEdge), seg), end.tcb.snd.wnd);
}

function judgeCaptured(sender: Sender, end: End, seg: Segment, outlook: Outlook): Verdict {
  const again = has(seg, SYN) && seg.dataOctets > 0 && end.tcb.snd.nxt !== end.tcb.iss;
  const judged = again ? { ...seg, dataOctets: 0 } : seg;
  const verdict = judge(end, judged, { app: 'free' });
  if (verdict.verdict !== 'wrong') return verdict;
  if (outlook.fastOpen && end.state === 'SYN-RECEIVED' && !has(seg, SYN | RST)) {
    // RFC 7413 §4.2: the server may send before the handshake is over.
    const early = judge(inState(end, 'ESTABLISHED'), seg, { app: 'free' });
    if (early.verdict !== 'wrong') return { ...early, verdict: 'legal' };
  }
  if (seg.dataOctets > 0) {
    const wider = judge(withWindowUpTo(end, sender.allowance.rightEdge), seg, { app: 'free' });
    if (wider.verdict !== 'wrong') return wider;
  }
  const acked = afterLostAck(sender, end, seg);
  const asked = acked && judge(acked, seg, { app: 'free' });
  if (asked && asked.verdict !== 'wrong') return asked;
  if (sender.firstSeq !== null && seqLt(seg.seq, sender.firstSeq) && !has(seg, SYN | RST)) {
    // Sent again from before the capture began.
    return { ...verdict, verdict: 'legal', why: 'retransmit', faults: [] };
  }
  return verdict;
}
