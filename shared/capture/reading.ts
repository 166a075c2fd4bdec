import { arrive } from '../tcp/arrive.ts';
import { type End, UNKNOWN_WND } from '../tcp/end.ts';
import { chooseIss } from '../tcp/iss.ts';
import { judge } from '../tcp/judge.ts';
import { ACK, FIN, has, RST, SYN, type Segment } from '../tcp/segment.ts';
import { seqDiff, seqGt, seqLt } from '../tcp/seq.ts';
import type { Verdict } from '../tcp/verdict.ts';
import type { Identifications } from './identifications.ts';
import { afterSending, inState, withWindowUpTo } from './inferred-end.ts';
import type { Outlook } from './outlook.ts';
import { cameTwice, type Evidence, receive, type Received, unseenData, type Waiting } from './receive.ts';

/** One way to understand a segment: what had arrived before it was sent, what the end was then, and how the segment is judged. */
export interface Reading {
  readonly received: Received;
  readonly end: End;
  readonly verdict: Verdict;
}

/** What is known of an end that sends, beside what it is. */
export interface Sender {
  /** Whether its SYN was captured: its initial number and its window's scale are known. */
  readonly synSeen: boolean;
  /** The first number that was captured of an end whose SYN was not. */
  readonly firstSeq: number | null;
  /** The highest acknowledgment number plus window that the peer ever sent; null while unknown. */
  readonly rightEdge: number | null;
  readonly ids: Identifications;
}

/** Reads one segment by one piece of evidence. Pure: the caller tries several and keeps the one that makes sense. */
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
  if (
    ready.tcb.rcv.nxt === null &&
    evidence.bound !== null &&
    ready.state === 'SYN-SENT' &&
    !has(seg, SYN | RST)
  ) {
    const irs = outlook.unseenSyn(evidence.bound);
    if (irs !== null) ready = arrive(ready, synAck(irs, ready.tcb.snd.nxt));
  }
  if (evidence.bound !== null && !has(seg, RST)) {
    const data = unseenData(ready, evidence.bound);
    if (data && outlook.unseenArrival(evidence.bound)) ready = arrive(ready, data);
  }
  ready = withUnseenHandshake(sender, ready, seg);
  if (!synchronized) ready = afterUnseen(ready, unseenSends(sender, ready, seg, id, outlook));
  if (has(seg, SYN)) ready = chooseIss(ready, seg.seq);
  return { received, end: ready, verdict: judgeCaptured(sender, ready, seg, outlook) };
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
  return afterSending(withWindowUpTo(end, rightEdge), seg);
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
    const wider = judge(withWindowUpTo(end, sender.rightEdge), seg, { app: 'free' });
    if (wider.verdict !== 'wrong') return wider;
  }
  if (sender.firstSeq !== null && seqLt(seg.seq, sender.firstSeq) && !has(seg, SYN | RST)) {
    // Sent again from before the capture began.
    return { ...verdict, verdict: 'legal', why: 'retransmit', faults: [] };
  }
  return verdict;
}

/** Octets, and a FIN behind them, that this end must have sent and that were not captured. */
interface Unseen {
  readonly upTo: number;
  readonly fin: boolean;
}

function unseenSends({ ids }: Sender, end: End, seg: Segment, id: number, outlook: Outlook): Unseen | null {
  const { snd, iss } = end.tcb;
  if (!seqGt(seg.seq, snd.nxt) || snd.nxt === iss || has(seg, SYN)) return null;
  if (!ids.mayHaveSkipped(id)) return null;
  const unseen = outlook.unseenSends(snd.nxt, seg.seq, ids.hasSkipped(id));
  return unseen && { upTo: seg.seq, fin: unseen.fin };
}

function afterUnseen(end: End, unseen: Unseen | null): End {
  if (!unseen) return end;
  const { snd, rcv } = end.tcb;
  return afterSending(withWindowUpTo(end, null), {
    seq: snd.nxt,
    ack: rcv.nxt ?? 0,
    flags: ACK | (unseen.fin ? FIN : 0),
    wnd: 0,
    dataOctets: seqDiff(unseen.upTo, snd.nxt) - (unseen.fin ? 1 : 0),
  });
}

/**
 * What went unseen went out before what the segment at hand answers: else it would have carried the answer. A FIN crossed that
 * of the peer, or answered its first copy if more than one came.
 */
function receiveAround(end: End, unseen: Unseen, waiting: readonly Waiting[], evidence: Evidence): Received {
  const fin = unseen.fin ? waiting.findIndex(({ seg }) => has(seg, FIN)) : -1;
  const at = fin < 0 ? 0 : cameTwice(evidence) ? fin + 1 : fin;
  const { take } = evidence;
  const first = receive(end, waiting.slice(0, at), { ...evidence, take: Math.min(take, at) });
  const second = receive(afterUnseen(first.end, unseen), waiting.slice(at), {
    ...evidence,
    take: Math.max(0, take - at),
  });
  return {
    end: second.end,
    arrived: [...first.arrived, ...second.arrived],
    left: [...first.left, ...second.left],
    lost: [...first.lost, ...second.lost],
  };
}

/** The SYN,ACK of an end that goes on to speak, though it was lost before it could be captured. */
function withUnseenHandshake({ synSeen }: Sender, end: End, seg: Segment): End {
  const { iss, snd, rcv } = end.tcb;
  if (synSeen || end.state !== 'SYN-RECEIVED' || snd.nxt !== iss || has(seg, SYN | RST)) return end;
  return rcv.nxt === null ? end : afterSending(end, synAck(iss, rcv.nxt));
}

function synAck(seq: number, ack: number): Segment {
  return { seq, ack, flags: SYN | ACK, wnd: UNKNOWN_WND, dataOctets: 0 };
}
