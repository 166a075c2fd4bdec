import type { End } from '../tcp/end.ts';
import { ACK, FIN, has, RST, segLen, type Segment, SYN } from '../tcp/segment.ts';
import { seqAdd, seqDiff, seqGe, seqGt } from '../tcp/seq.ts';
import { afterSending, synAck, withWindowUpTo } from './inferred-end.ts';
import type { Outlook } from './outlook.ts';
import { cameTwice, type Evidence, receive, type Received, type Waiting } from './receive.ts';
import type { Sender } from './sender.ts';

/** Octets, and a FIN behind them, that this end must have sent and that were not captured. */
export interface Unseen {
  readonly upTo: number;
  readonly fin: boolean;
}

/** Nobody who counts wrong is wrong by so much and still within the peer's window. */
const MORE_THAN_A_SLIP = 64;

/** What is missing of this end's stream before this segment, if there may be something missing. */
export function unseenSends(
  { firstSeq, ids, reach, allowance }: Sender,
  end: End,
  seg: Segment,
  id: number,
  outlook: Outlook,
): Unseen | null {
  const { snd, iss } = end.tcb;
  const { rightEdge } = allowance;
  if (!seqGt(seg.seq, snd.nxt) || snd.nxt === iss || has(seg, SYN)) return null;
  const isBeyond = reach.sentUpTo === null || seqGt(seg.seq, reach.sentUpTo);
  // What was sent before the capture began shows once something of it is sent again.
  const isFromBefore = firstSeq !== null && isBeyond && !has(seg, RST);
  if (!ids.mayHaveSkipped(id) && !isFromBefore) return null;
  // A RST for what fits no connection has any number, and most often 0 (§3.5.2).
  if (has(seg, RST) && (seg.seq === 0 || (rightEdge !== null && seqGt(seg.seq, rightEdge)))) return null;
  const { ackedByPeer } = outlook;
  const isAcked = isBeyond && ackedByPeer !== null && seqGe(ackedByPeer, seg.seq);
  // Who numbers its segments and leaves one without a number is in TIME-WAIT: its FIN had been acknowledged.
  const isTimeWait = ids.leaveOff(id) && end.finSeq === null && seg.seq === seqAdd(snd.nxt, 1);
  // Without data a slip is likelier than a loss some time ago.
  const isShown =
    (isTimeWait && segLen(seg) === 0 && !has(seg, RST)) ||
    (seg.dataOctets > 0 ? ids.hasLost(id) : ids.hasSkipped(id)) ||
    (!ids.tells(id) &&
      seqDiff(seg.seq, snd.nxt) >= MORE_THAN_A_SLIP &&
      rightEdge !== null &&
      !seqGt(seg.seq, rightEdge));
  const unseen = outlook.unseenSends(snd.nxt, seg.seq, isAcked || isShown, isBeyond);
  return unseen && { upTo: seg.seq, fin: unseen.fin };
}

/** The end after it sent what went unseen. */
export function afterUnseen(end: End, unseen: Unseen | null): End {
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
 * What went unseen went out before what the segment at hand answers: else it would have carried the answer. A
 * FIN crossed that of the peer, or answered its first copy if more than one came.
 */
export function receiveAround(
  end: End,
  unseen: Unseen,
  waiting: readonly Waiting[],
  evidence: Evidence,
): Received {
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

/**
 * The SYN,ACK of an end that goes on to speak, if only to abort, though it was lost before it could be
 * captured.
 */
export function withUnseenHandshake({ synSeen }: Sender, end: End, seg: Segment): End {
  const { iss, snd, rcv } = end.tcb;
  if (synSeen || end.state !== 'SYN-RECEIVED' || snd.nxt !== iss || has(seg, SYN)) return end;
  if (has(seg, RST) && seg.seq !== seqAdd(iss, 1)) return end;
  return rcv.nxt === null ? end : afterSending(end, synAck(iss, rcv.nxt));
}

/**
 * A little less than a second, the shortest time after which a kernel can be told to ask whether its peer is
 * still there.
 */
const KEEP_ALIVE_NANOS = 900_000_000;

/**
 * The end after an ACK that was lost before it could be captured: a keep-alive (§3.8.4) after a silence shows
 * that nothing is owed any more. Null: it is no keep-alive, or comes too soon.
 */
export function afterLostAck({ silentNanos }: Sender, end: End, seg: Segment): End | null {
  const { snd, rcv } = end.tcb;
  if (silentNanos === null || silentNanos < KEEP_ALIVE_NANOS || rcv.nxt === null) return null;
  if (seg.seq !== seqAdd(snd.nxt, -1) || seg.dataOctets > 1 || has(seg, SYN | FIN | RST)) return null;
  return afterSending(end, { seq: snd.nxt, ack: rcv.nxt, flags: ACK, wnd: seg.wnd, dataOctets: 0 });
}
