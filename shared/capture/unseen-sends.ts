import type { End } from '../tcp/end.ts';
import { ACK, FIN, has, RST, type Segment, SYN } from '../tcp/segment.ts';
import { seqDiff, seqGe, seqGt } from '../tcp/seq.ts';
import { afterSending, synAck, withWindowUpTo } from './inferred-end.ts';
import type { Outlook } from './outlook.ts';
import { cameTwice, type Evidence, receive, type Received, type Waiting } from './receive.ts';
import type { Sender } from './sender.ts';

/** Octets, and a FIN behind them, that this end must have sent and that were not captured. */
export interface Unseen {
  readonly upTo: number;
  readonly fin: boolean;
}

/** What is missing of this end's stream before this segment, if there may be something missing. */
export function unseenSends(
  { ids, sentUpTo }: Sender,
  end: End,
  seg: Segment,
  id: number,
  outlook: Outlook,
): Unseen | null {
  const { snd, iss } = end.tcb;
  if (!seqGt(seg.seq, snd.nxt) || snd.nxt === iss || has(seg, SYN)) return null;
  if (!ids.mayHaveSkipped(id)) return null;
  const { ackedByPeer } = outlook;
  const isBeyond = sentUpTo === null || seqGt(seg.seq, sentUpTo);
  const isAcked = isBeyond && ackedByPeer !== null && seqGe(ackedByPeer, seg.seq);
  const unseen = outlook.unseenSends(snd.nxt, seg.seq, isAcked || ids.hasSkipped(id), isBeyond);
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
 * What went unseen went out before what the segment at hand answers: else it would have carried the answer. A FIN crossed that
 * of the peer, or answered its first copy if more than one came.
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

/** The SYN,ACK of an end that goes on to speak, though it was lost before it could be captured. */
export function withUnseenHandshake({ synSeen }: Sender, end: End, seg: Segment): End {
  const { iss, snd, rcv } = end.tcb;
  if (synSeen || end.state !== 'SYN-RECEIVED' || snd.nxt !== iss || has(seg, SYN | RST)) return end;
  return rcv.nxt === null ? end : afterSending(end, synAck(iss, rcv.nxt));
}
