import { arrive } from '../tcp/arrive.ts';
import { type End, UNKNOWN_WND } from '../tcp/end.ts';
import { ACK, FIN, has, RST, type Segment, segLen, SYN } from '../tcp/segment.ts';
import { seqAdd, seqDiff, seqGt, seqLt } from '../tcp/seq.ts';
import { synAck, withSentUpTo } from './inferred-end.ts';
import type { Outlook } from './outlook.ts';
import type { Waiting } from './receive.ts';
import type { Sender } from './sender.ts';

/**
 * The end after what it acknowledges with `bound` has arrived, though the capture does not have it: the
 * peer's SYN, and what followed.
 */
export function afterUnseenArrivals(
  sender: Sender,
  end: End,
  seg: Segment,
  bound: number,
  outlook: Outlook,
): End {
  if (has(seg, RST) && !outlook.heardUnseen) return end; // a RST may carry any number
  const opened = has(seg, SYN | RST) ? end : afterUnseenSyn(sender, end, seg, bound, outlook);
  const { nxt } = opened.tcb.rcv;
  if (nxt === null || !seqLt(nxt, bound)) return opened;
  const missing =
    outlook.unseenArrival(nxt, bound) ?? (isLastAck(opened, seg, outlook) ? { fin: true } : null);
  const data = missing && unseenData(opened, bound, missing.fin);
  if (!data) return opened;
  // Where nothing of the peer is ever captured, what is not sent again has been acknowledged.
  const ack = outlook.isUnheard && !outlook.sendsAgain(opened.tcb.snd.nxt) ? opened.tcb.snd.nxt : data.ack;
  return arrive(opened, { ...data, ack });
}

/**
 * An ACK that nothing captured calls for, of one number more, from an end that has sent its FIN: it answers
 * that of the peer.
 */
function isLastAck({ state, causes, tcb }: End, seg: Segment, outlook: Outlook): boolean {
  const { nxt } = tcb.rcv;
  if (nxt === null || seg.ack !== seqAdd(nxt, 1) || segLen(seg) > 0 || causes.length > 0) return false;
  return (state === 'FIN-WAIT-1' || state === 'FIN-WAIT-2') && outlook.hasEndedAt(nxt);
}

/**
 * The end after a SYN,ACK that was not captured: it may have acknowledged data that went out on the SYN (RFC
 * 7413).
 */
function afterUnseenSyn(
  { synDataOctets }: Sender,
  end: End,
  seg: Segment,
  bound: number,
  outlook: Outlook,
): End {
  if (end.state !== 'SYN-SENT' || end.tcb.rcv.nxt !== null) return end;
  const irs = outlook.unseenSyn(bound);
  if (irs === null) return end;
  const octets = seqDiff(seg.seq, end.tcb.iss) - 1;
  const sent = octets > 0 && octets <= synDataOctets ? withSentUpTo(end, seg.seq) : end;
  return arrive(sent, synAck(irs, sent.tcb.snd.nxt));
}

/**
 * The end after an ACK that the capture does not have, if there may have been one: of a server's SYN,ACK, or
 * of all that is outstanding.
 */
export function afterUnseenAck(
  end: End,
  waiting: readonly Waiting[],
  seg: Segment,
  outlook: Outlook,
): End | null {
  const { iss, snd, rcv } = end.tcb;
  if (snd.nxt === iss || rcv.nxt === null || has(seg, SYN | RST)) return null;
  const ack = { ...unseenAck(end.tcb, rcv.nxt), wnd: UNKNOWN_WND };
  if (end.state !== 'SYN-RECEIVED') {
    const mayHave =
      outlook.heardUnseen || outlook.isUnheard || (seg.dataOctets > 0 && outlook.mayHaveHeardUnseen);
    return mayHave ? arrive(end, { ...ack, ack: snd.nxt }) : null;
  }
  const mayOpen = waiting.some((one) => has(one.seg, ACK) && !has(one.seg, RST) && seqGt(one.seg.ack, iss));
  return outlook.heardUnseen || (outlook.unseenOpening && !mayOpen) ? arrive(end, ack) : null;
}

/** A segment nobody captured that brings the end up to `bound`, and its handshake to an end. */
function unseenData({ tcb }: End, bound: number, fin: boolean): Segment | null {
  const { nxt } = tcb.rcv;
  if (nxt === null || !seqLt(nxt, bound)) return null;
  return {
    ...unseenAck(tcb, nxt),
    flags: ACK | (fin ? FIN : 0),
    dataOctets: seqDiff(bound, nxt) - (fin ? 1 : 0),
  };
}

/** An ACK nobody captured, of no more than the SYN if that is not acknowledged yet. */
function unseenAck({ iss, snd }: End['tcb'], seq: number): Segment {
  const ack = snd.una === iss ? seqAdd(iss, 1) : snd.una;
  return { seq, ack, flags: ACK, wnd: snd.wnd, dataOctets: 0 };
}
