import type { Cause, Need, Why } from './cause.ts';
import { maySendData, usableWindow } from './draft.ts';
import type { Due, FlagTemplate } from './due.ts';
import type { End } from './end.ts';
import { ACK, CWR, ECE, FIN, PSH, RST, SYN, URG } from './segment.ts';
import { WHY_SECTION } from './sections.ts';
import { seqAdd, seqDiff } from './seq.ts';
import { strayReset } from './stray.ts';
import { cutText, textOctets } from './text.ts';
import { unackedText } from './unacked.ts';

const NONE: readonly Due[] = [];
const NO_DATA = { min: 0, max: 0 };
const HINTS = PSH | ECE | CWR;

/**
 * By the bits that are required. Few kinds of segments are called for, and their templates are always the
 * same.
 */
const FLAG_TEMPLATES: FlagTemplate[] = [];

function flagTemplate(required: number): FlagTemplate {
  return (FLAG_TEMPLATES[required] ??= {
    required,
    optional: HINTS,
    forbidden: (SYN | FIN | RST | ACK | URG) & ~required,
  });
}

/**
 * Every segment that would answer an open cause now (RFC 9293 §3.10); what a kernel would send first stands
 * first. Answers coalesce, as far as they can (§3.10.7.4 seventh): an ACK rides on data or on a FIN, a FIN on
 * the last data, one ACK answers several arrivals. Alternatives stand side by side. Empty: there is nothing
 * to send.
 */
export function expect(end: End): readonly Due[] {
  const { causes } = end;
  if (causes.length === 0) return NONE;
  const dues: Due[] = [];
  let needs = 0;
  for (const cause of causes) {
    if (cause.need === 'rst') dues.push(strayDue(end, cause));
    needs |= BIT[cause.need];
  }
  if (needs & BIT.abort) {
    dues.push(abortDue(end, 'rst-abort', ids(causes, BIT.abort)));
    return dues;
  }
  if (needs & BIT.syn) dues.push(synDue(end, ids(causes, BIT.syn)));
  if (needs & BIT['syn-ack']) {
    const answered = ids(causes, BIT['syn-ack'] | BIT['syn-ack-or-ack']);
    dues.push(end.state === 'LISTEN' ? cookieDue(end, answered) : synAckDue(end, 'syn-ack', answered));
    // Until its SYN,ACK is out there is nothing else that the peer could make sense of.
    return dues;
  }
  if (needs & BIT['syn-ack-or-ack']) {
    dues.push(synAckDue(end, 'syn-ack-again', ids(causes, BIT['syn-ack-or-ack'] | BIT.retransmit)));
  }
  if (needs & (BIT.fin | BIT.ack) && losesData(end)) {
    dues.push(abortDue(end, 'rst-unread', ids(causes, BIT.fin | BIT.ack | BIT.data)));
  }
  const ackIds = needs & ACK_NEEDS ? ids(causes, ACK_NEEDS) : NO_IDS;
  if (needs & BIT.retransmit) pushRetransmissions(dues, end, causes);
  if (needs & BIT.probe) dues.push(probeDue(end, ids(causes, BIT.probe | BIT.ack)));
  if (needs & (BIT.fin | BIT.data)) pushNew(dues, end, causes, needs);
  if (needs & ACK_NEEDS) dues.push(ackDue(end, ackIds));
  return dues;
}

const BIT: Readonly<Record<Need, number>> = {
  syn: 1,
  'syn-ack': 2,
  'syn-ack-or-ack': 4,
  ack: 8,
  data: 16,
  fin: 32,
  abort: 64,
  rst: 128,
  retransmit: 256,
  probe: 512,
};
const ACK_NEEDS = BIT.ack | BIT['syn-ack-or-ack'];
const NO_IDS: readonly number[] = [];

/** Counted first, for verdicts keep them: a list that one id was pushed to has room for seventeen. */
function ids(causes: readonly Cause[], needs: number): readonly number[] {
  let count = 0;
  for (const cause of causes) if (BIT[cause.need] & needs) count += 1;
  if (count === 0) return NO_IDS;
  const found = new Array<number>(count);
  let at = 0;
  for (const cause of causes) if (BIT[cause.need] & needs) found[at++] = cause.id;
  return found;
}

function template(
  end: End,
  why: Why,
  required: number,
  seq: number,
  ack: number | null,
  causes: readonly number[],
  data: Due['data'] = NO_DATA,
  plain: Due['plain'] = plainly(end, 0, null),
): Due {
  return {
    why,
    section: WHY_SECTION[why],
    flags: flagTemplate(required),
    seq,
    ack,
    data,
    causes,
    optional: false,
    plain,
  };
}

/** What a kernel would put in, with the window that fits into the header's field without scaling. */
function plainly(end: End, dataOctets: number, text: string | null): Due['plain'] {
  const wnd = Math.min(end.tcb.rcv.wnd, 0xffff);
  return text === null ? { dataOctets, wnd } : { dataOctets, wnd, text };
}

function strayDue(end: End, cause: Cause): Due {
  // An arrival that calls for a RST always carries its segment.
  const { seq, ack } = strayReset(cause.seg ?? { seq: 0, ack: 0, flags: 0, wnd: 0, dataOctets: 0 });
  const flags = ack === null ? RST : RST | ACK;
  return template(end, 'rst-stray', flags, seq, ack, [cause.id], NO_DATA, { dataOctets: 0, wnd: 0 });
}

/** SEQ = SND.NXT; the ACK is optional (§3.10.5). */
function abortDue(end: End, why: Why, causes: readonly number[]): Due {
  const due = template(end, why, RST, end.tcb.snd.nxt, end.tcb.rcv.nxt, causes);
  return {
    ...due,
    flags: { required: RST, optional: HINTS | ACK, forbidden: SYN | FIN | URG },
    plain: { dataOctets: 0, wnd: 0 },
  };
}

/**
 * Whether closing throws octets away that were received: the peer SHOULD be told by a RST (§3.6.1, SHLD-3).
 */
function losesData(end: End): boolean {
  return end.closeCalled && end.unread > 0;
}

function synDue(end: End, causes: readonly number[]): Due {
  // Data on the SYN is legal; a kernel does not put it there by itself.
  return template(end, 'syn', SYN, end.tcb.iss, null, causes, { min: 0, max: end.queued });
}

/** Data on the SYN,ACK is RFC 7413's affair (§4.2): RFC 9293 has it wait for ESTABLISHED (§3.10.2). */
function synAckDue(end: End, why: Why, causes: readonly number[]): Due {
  const max = end.fastOpen ? synOctets(end) + end.queued : 0;
  return template(end, why, SYN | ACK, end.tcb.iss, end.tcb.rcv.nxt, causes, { min: 0, max });
}

/** How many octets of data went out from the first number of ours on, right behind the SYN. */
export function synOctets({ tcb, finSeq }: Pick<End, 'tcb' | 'finSeq'>): number {
  return Math.max(0, seqDiff(finSeq ?? tcb.snd.nxt, tcb.iss) - 1);
}

/** Of the SYN that it answers nothing is kept but the SYN itself, for as long as the answer takes. */
function cookieDue(end: End, causes: readonly number[]): Due {
  const syn = end.causes.find((cause) => cause.need === 'syn-ack')?.seg;
  const ack = syn === undefined ? null : seqAdd(syn.seq, 1);
  return template(end, 'syn-cookie', SYN | ACK, end.tcb.iss, ack, causes);
}

/** The pure ACK that is owed, named after the newest reason for it. Optional if every reason for it is. */
function ackDue(end: End, causes: readonly number[]): Due {
  let why: Why = 'ack';
  let optional = true;
  for (const cause of end.causes) {
    if (cause.need !== 'ack' && cause.need !== 'syn-ack-or-ack') continue;
    why = cause.why;
    if (!cause.optional) optional = false;
  }
  const due = pureAck(end, why, causes);
  return optional ? { ...due, optional } : due;
}

/** <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK> (§3.10.7.4). */
export function pureAck(end: End, why: Why, causes: readonly number[]): Due {
  return template(end, why, ACK, end.tcb.snd.nxt, end.tcb.rcv.nxt, causes);
}

/** One octet into a shut window (§3.8.6.1). */
function probeDue(end: End, causes: readonly number[]): Due {
  const { snd, rcv } = end.tcb;
  const plain = plainly(end, 1, cutText(end.queuedText, 1)[0]);
  return template(end, 'probe', ACK, snd.nxt, rcv.nxt, causes, { min: 1, max: 1 }, plain);
}

/** Data that has never been sent, and the FIN after the last of it. */
function pushNew(dues: Due[], end: End, causes: readonly Cause[], needs: number): void {
  if (!maySendData(end)) return;
  const { queued, mss } = end;
  const usable = usableWindow(end);
  const rest = Math.min(queued, usable);
  const fin = (needs & BIT.fin) !== 0 && queued <= usable;
  if (fin && queued <= mss) dues.push(finDue(end, causes));
  if (rest > 0) {
    const { snd, rcv } = end.tcb;
    const octets = Math.min(rest, mss);
    const plain = plainly(end, octets, plainText(end.queuedText, octets));
    const answered = ids(causes, BIT.data | ACK_NEEDS);
    dues.push(template(end, 'data', ACK, snd.nxt, rcv.nxt, answered, { min: 1, max: rest }, plain));
  }
  if (fin && queued > mss) dues.push(finDue(end, causes));
}

/** The FIN, with all that is to go out before it. */
function finDue(end: End, causes: readonly Cause[]): Due {
  const { queued, queuedText } = end;
  const { snd, rcv } = end.tcb;
  const why = queued > 0 ? 'data-fin' : 'fin';
  const answered = ids(causes, BIT.fin | BIT.data | ACK_NEEDS);
  const data = queued > 0 ? { min: queued, max: queued } : NO_DATA;
  const plain = plainly(end, queued, queued > 0 ? queuedText : null);
  return template(end, why, FIN | ACK, snd.nxt, rcv.nxt, answered, data, plain);
}

function plainText(text: string | null, octets: number): string | null {
  if (text === null) return null;
  return textOctets(text) === octets ? text : cutText(text, octets)[0];
}

function pushRetransmissions(dues: Due[], end: End, causes: readonly Cause[]): void {
  for (const due of retransmissions(end, ids(causes, BIT.retransmit | ACK_NEEDS))) dues.push(due);
}

/** Whether our SYN is sent and not acknowledged. */
export function synUnacked(end: Pick<End, 'unacked'>): boolean {
  const first = end.unacked[0];
  return first !== undefined && (first.flags & SYN) !== 0;
}

/**
 * The segments that repeat the oldest octet of the retransmission queue, with the newest ACK (§3.10.8): with
 * the FIN if it is out and all fits, then without.
 */
export function retransmissions(end: End, causes: readonly number[]): Due[] {
  const { snd, rcv, iss } = end.tcb;
  if (snd.una === snd.nxt) return [];
  if (synUnacked(end)) {
    if (rcv.nxt !== null) return [synAckDue(end, 'retransmit-syn-ack', causes)];
    return [template(end, 'retransmit-syn', SYN, iss, null, causes, { min: 0, max: synOctets(end) })];
  }
  const { finSeq } = end;
  const octets = seqDiff(finSeq ?? snd.nxt, snd.una);
  const found: Due[] = [];
  if (finSeq !== null) {
    const plain = plainly(end, octets, unackedText(end.unacked, snd.una, octets));
    const data = { min: octets, max: octets };
    found.push(template(end, 'retransmit-fin', FIN | ACK, snd.una, rcv.nxt, causes, data, plain));
  }
  if (octets > 0) {
    const filled = Math.min(octets, end.mss);
    const plain = plainly(end, filled, unackedText(end.unacked, snd.una, filled));
    const due = template(end, 'retransmit', ACK, snd.una, rcv.nxt, causes, { min: 1, max: octets }, plain);
    // A kernel fills its segments: the FIN comes along only if everything before it fits.
    if (octets > end.mss) found.unshift(due);
    else found.push(due);
  }
  return found;
}
