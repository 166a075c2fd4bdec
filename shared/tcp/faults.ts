import { isKeepAlive } from './allowed.ts';
import { hasCookie } from './backlog.ts';
import { maySendData, owes, usableWindow } from './draft.ts';
import type { Due } from './due.ts';
import type { End, SentRange } from './end.ts';
import { pureAck, retransmissions, synUnacked } from './expect.ts';
import { MISCONCEPTIONS, getsDataAfterFin } from './misconceptions.ts';
import type { Misconception, Slip } from './misconceptions.ts';
import { reopeningSyn } from './reopen.ts';
import { ACK, CWR, ECE, FIN, PSH, RST, SYN, URG, flagNames } from './segment.ts';
import type { Segment } from './segment.ts';
import { SEQ_SPACE, isSeq, seqAdd, seqDiff, seqGe } from './seq.ts';
import type { State } from './state.ts';
import type { Fault, FaultCode, Field } from './verdict.ts';

export interface Faults {
  readonly faults: readonly Fault[];
  /** What the segment resembles most; null where nothing may be sent at all. */
  readonly nearest: Due | null;
}

/**
 * What is wrong with a wrong segment, measured against the nearest right one: what is due first, then what is
 * allowed.
 */
export function faultsOf(
  end: End,
  seg: Segment,
  dues: readonly Due[],
  peer: { readonly sndNxt: number } | null,
): Faults {
  const nearest = nearestOf(seg, dues, allowedTemplates(end, seg));
  if (!nearest) return { faults: [unprompted(end, seg)], nearest };
  const sndNxt = peer?.sndNxt ?? null;
  const faults: Fault[] = [];
  if (flagsDiffer(nearest, seg) || slipsFinPastData(end, seg, nearest)) {
    const flags = flagsFault(slipOf(end, seg, nearest, sndNxt, 'flags', seg.flags, nearest.flags.required));
    faults.push(flags);
    // A segment of another kind altogether: its numbers say nothing more.
    const otherKind = (seg.flags ^ nearest.flags.required) & (SYN | RST);
    if (otherKind || flags.code === 'fin-again' || flags.code === 'M23') return { faults, nearest };
  }
  let skipsQueue = false;
  if (seg.seq !== nearest.seq) {
    const seq = numberFault(slipOf(end, seg, nearest, sndNxt, 'seq', seg.seq, nearest.seq));
    faults.push(seq);
    skipsQueue = seq.code === 'M23';
  }
  if (nearest.ack !== null && seg.flags & ACK && seg.ack !== nearest.ack) {
    faults.push(numberFault(slipOf(end, seg, nearest, sndNxt, 'ack', seg.ack, nearest.ack)));
  }
  if (!skipsQueue && (seg.dataOctets < nearest.data.min || seg.dataOctets > nearest.data.max)) {
    const slip = slipOf(end, seg, nearest, sndNxt, 'data', seg.dataOctets, nearest.data.max);
    faults.push(dataFault(slip, nearest));
  }
  if (faults.length === 0) faults.push(unprompted(end, seg));
  return { faults, nearest };
}

function slipOf(
  end: End,
  out: Segment,
  nearest: Due,
  peerSndNxt: number | null,
  field: Field,
  given: number,
  needed: number,
): Slip {
  const newest = end.newest === null ? null : end.newest.seg;
  return { end, in: newest, out, last: end.lastSent, nearest, field, given, needed, peerSndNxt };
}

const SYN_ACK_FLAGS = { required: SYN | ACK, optional: PSH | ECE | CWR, forbidden: FIN | RST | URG };
const FIN_FLAGS = { required: FIN | ACK, optional: PSH | ECE | CWR, forbidden: SYN | RST | URG };

/** Templates of what may be sent though nothing asks for it, near the segment in question. */
function allowedTemplates(end: End, seg: Segment): Due[] {
  const { state, tcb } = end;
  if (end.abortCalled || state === 'CLOSED' || state === 'LISTEN') return [];
  const found = retransmissions(end, []);
  if (tcb.rcv.nxt === null || owes(end, 'syn-ack')) return found;
  const ack = pureAck(end, 'duplicate-ack', []);
  // As long as what is outstanding, but in another place: that is the segment itself, with a slip in its
  // number.
  const again = repeats(end, seg);
  found.push(
    ...again.map(({ seq, dataOctets: max }): Due => ({
      ...ack,
      why: 'retransmit',
      seq,
      data: { min: 1, max },
    })),
  );
  if (again.length > 0) found.push(...recutsAt(end, seg));
  else found.unshift(...recutsAt(end, seg));
  if (isKeepAlive(end, seg)) found.unshift({ ...ack, why: 'keep-alive', seq: seg.seq });
  if (end.finSeq !== null && tcb.snd.una !== tcb.snd.nxt) {
    const fin: Due = { ...ack, why: 'retransmit-fin', flags: FIN_FLAGS, seq: end.finSeq };
    // An empty one is the FIN alone, wherever it stands.
    if (seg.flags & FIN && seg.dataOctets === 0) found.unshift(fin);
    else found.push(fin);
  }
  // A bare ACK was meant as one; and at SND.NXT it is new data that is meant, unless it looks like what is
  // outstanding.
  const bare = seg.dataOctets === 0 && !(seg.flags & (SYN | FIN));
  const anew = seg.seq === tcb.snd.nxt && (end.queued > 0 || again.length === 0);
  if (bare || anew) found.unshift(ack);
  else found.push(ack);
  if (end.closeCalled && end.finSeq === null && end.queued === 0 && state === 'SYN-RECEIVED') {
    found.push({ ...ack, why: 'fin', flags: FIN_FLAGS });
  }
  const reopening = reopeningAt(end, seg);
  if (reopening) found.push(reopening);
  return found;
}

/** The data that is outstanding, all of it or one piece, where the segment has as much. */
function repeats({ unacked, finSeq, tcb }: End, seg: Segment): Pick<SentRange, 'seq' | 'dataOctets'>[] {
  if (seg.dataOctets === 0 || synUnacked({ unacked })) return [];
  const { una, nxt } = tcb.snd;
  const all = { seq: una, dataOctets: seqDiff(finSeq ?? nxt, una) };
  return [all, ...unacked].filter(({ dataOctets }) => dataOctets === seg.dataOctets);
}

/**
 * What may go out from the segment's number on, if that lies within the retransmission queue: what is left of
 * the queue, new octets after it, and the FIN where it has its place.
 */
function recutsAt(end: End, { seq, flags }: Segment): Due[] {
  const { una, nxt } = end.tcb.snd;
  if (!isSeq(seq) || synUnacked(end)) return [];
  const old = seqDiff(end.finSeq ?? nxt, seq);
  if (seqDiff(seq, una) < 0 || old <= 0) return [];
  const ack = { ...pureAck(end, 'retransmit', []), seq };
  const found: Due[] = [];
  const usable = maySendData(end) ? usableWindow(end) : 0;
  if (flags & FIN && (end.finSeq !== null || (end.closeCalled && end.queued <= usable))) {
    const octets = old + end.queued;
    found.push({ ...ack, why: 'retransmit-fin', flags: FIN_FLAGS, data: { min: octets, max: octets } });
  }
  const fresh = Math.min(end.queued, usable);
  if (seq !== una || fresh > 0) found.push({ ...ack, data: { min: 1, max: old + fresh } });
  return found;
}

/** The SYN,ACK that would reopen a connection from TIME-WAIT, with our new number as given if it is new. */
function reopeningAt(end: End, seg: Segment): Due | null {
  const syn = reopeningSyn(end);
  if (!syn) return null;
  const { nxt } = end.tcb.snd;
  const seq = isSeq(seg.seq) && seqGe(seg.seq, nxt) ? seg.seq : nxt;
  return { ...pureAck(end, 'reopen', []), flags: SYN_ACK_FLAGS, seq, ack: seqAdd(syn.seq, 1) };
}

function bits(n: number): number {
  return n === 0 ? 0 : (n & 1) + bits(n >> 1);
}

const KIND = SYN | FIN | RST | ACK;

function flagsDiffer(due: Due, seg: Segment): boolean {
  const { required, forbidden } = due.flags;
  return (seg.flags & required) !== required || (seg.flags & forbidden) !== 0;
}

/** How much of a template a segment gets wrong. The count of wrong fields decides, then how many flags. */
function distance(due: Due, seg: Segment): number {
  let sum = 0;
  if (flagsDiffer(due, seg)) {
    const differing = (seg.flags ^ due.flags.required) & KIND & ~(due.flags.optional & ACK);
    // SYN and RST say what a segment is for; the rest are details of it.
    sum += 8 + bits(differing) + 6 * bits(differing & (SYN | RST));
  }
  if (seg.seq !== due.seq) sum += 8;
  if (due.ack !== null && seg.flags & ACK && seg.ack !== due.ack) sum += 8;
  if (seg.dataOctets < due.data.min || seg.dataOctets > due.data.max) sum += 8;
  return sum;
}

function nearestOf(seg: Segment, dues: readonly Due[], allowed: readonly Due[]): Due | null {
  let best: Due | null = null;
  let least = Infinity;
  for (const due of dues) {
    const far = distance(due, seg);
    if (far < least) {
      least = far;
      best = due;
    }
  }
  for (const due of allowed) {
    const far = distance(due, seg) + 1;
    if (far < least) {
      least = far;
      best = due;
    }
  }
  return best;
}

function fault(
  field: Field,
  code: FaultCode,
  given: Fault['given'],
  needed: Fault['needed'],
  section: string,
): Fault {
  return { field, code, given, needed, section };
}

const FLAG_TEXTS = Array.from({ length: 256 }, (_, flags) => flagNames(flags).join(',') || 'none');

/** `SYN,ACK`, or `none`. */
function flagText(flags: number): string {
  return FLAG_TEXTS[flags & 0xff] ?? 'none';
}

/** FIN where the template has more octets to send before it. */
function slipsFinPastData(end: End, seg: Segment, nearest: Due): boolean {
  return (
    (seg.flags & nearest.flags.required & FIN) !== 0 &&
    end.queued > 0 &&
    seg.seq === nearest.seq &&
    seg.dataOctets < nearest.data.min
  );
}

const inField = (field: Field): readonly Misconception[] =>
  MISCONCEPTIONS.filter((entry) => entry.fields.includes(field));

const IN_FIELD: Readonly<Record<Field, readonly Misconception[]>> = {
  flags: inField('flags'),
  seq: inField('seq'),
  ack: inField('ack'),
  data: inField('data'),
  state: inField('state'),
};

function named(slip: Slip): { code: FaultCode; section: string } | null {
  for (const entry of IN_FIELD[slip.field]) if (entry.shows(slip)) return entry;
  return null;
}

function flagsFault(slip: Slip): Fault {
  const { end, out, nearest } = slip;
  const needed = nearest?.flags.required ?? 0;
  // What is not looked at is not held against anybody, in either direction.
  const shown = flagText(needed | (out.flags & PSH && !(needed & RST) ? PSH : 0));
  const name = named(slip);
  const section = name?.section ?? nearest?.section ?? '3.1';
  return fault('flags', name?.code ?? plainFlagsCode(end, out, needed), flagText(out.flags), shown, section);
}

function plainFlagsCode(end: End, out: Segment, needed: number): FaultCode {
  const extra = out.flags & ~needed;
  if (end.abortCalled) return 'abort-asked';
  if (extra & RST) return 'rst-unasked';
  if (extra & FIN && !(out.flags & SYN)) {
    if (end.finSeq !== null) return 'fin-again';
    if (!end.closeCalled && !(needed & SYN)) return 'fin-before-close';
  }
  return 'other';
}

function numberFault(slip: Slip): Fault {
  const { field, given, needed } = slip;
  if (!isSeq(given)) {
    const wraps = Number.isInteger(given) && given >= SEQ_SPACE && seqAdd(given, 0) === needed;
    return fault(field, wraps ? 'M34' : 'out-of-range', Number.isFinite(given) ? given : null, needed, '3.4');
  }
  const name = named(slip);
  const diff = seqDiff(given, needed);
  return name === null
    ? { field, code: 'other', given, needed, section: '3.4', diff }
    : { field, code: name.code, given, needed, section: name.section, diff };
}

function dataFault(slip: Slip, nearest: Due): Fault {
  const { end, out } = slip;
  const { min, max } = nearest.data;
  const given = out.dataOctets;
  const needed = given < min ? min : max;
  const name = named(slip);
  if (name) return fault('data', name.code, given, needed, name.section);
  if (given < min) return fault('data', 'other', given, needed, nearest.section);
  return fault('data', dataCode(end, out, max), given, needed, '3.10.2');
}

function dataCode(end: End, out: Segment, max: number): FaultCode {
  const closing = end.finSeq !== null;
  const transfer =
    end.state === 'ESTABLISHED' || end.state === 'CLOSE-WAIT' || end.closeCalled || out.flags & SYN;
  if (closing || !transfer) return 'data-out-of-state';
  const past = seqDiff(seqAdd(out.seq, out.dataOctets), end.tcb.snd.nxt);
  return past > end.queued || max >= end.queued ? 'data-not-given' : 'beyond-window';
}

/** Nothing at all may be sent, and something was. */
function unprompted(end: End, seg: Segment): Fault {
  const section = end.state === 'LISTEN' ? '3.10.7.2' : end.state === 'CLOSED' ? '3.10.7.1' : '3.10.7.4';
  if (end.state === 'LISTEN' && !(seg.flags & RST)) {
    if (end.newest?.outcome === 'no-room')
      return fault('flags', 'backlog-full', flagText(seg.flags), null, '7');
    if (hasCookie(end)) return fault('flags', 'cookie-keeps-nothing', flagText(seg.flags), null, '7');
  }
  const code: FaultCode = seg.flags & RST && end.newest === null ? 'rst-unasked' : 'unprompted';
  return fault('flags', code, flagText(seg.flags), null, section);
}

/** "Nothing to send" where something is due. */
export function faultOfNothing(end: End, due: Due): Fault {
  return fault('flags', codeOfNothing(end, due), null, flagText(due.flags.required), due.section);
}

function codeOfNothing(end: End, due: Due): FaultCode {
  const newest = end.newest?.seg ?? null;
  if (due.why === 'time-wait-ack') return 'M26';
  if (getsDataAfterFin(end, newest) && (due.flags.required & (ACK | FIN)) === ACK) return 'M20';
  const lastToClose = end.state === 'LAST-ACK' || end.state === 'CLOSE-WAIT';
  if (lastToClose && end.finSeq === null && due.flags.required & FIN) return 'M21';
  return 'missing';
}

/** A wrong state label. */
export function faultOfLabel(end: End, label: State): Fault {
  const [code, section] = labelCode(end, label);
  return fault('state', code, label, end.state, section);
}

function labelCode(end: End, label: State): readonly [FaultCode, string] {
  const { state } = end;
  if (label === 'ESTABLISHED' && (state === 'SYN-RECEIVED' || hasCookie(end)))
    return ['M10', '3.10.7.4 fifth'];
  if (label === 'SYN-RECEIVED' && hasCookie(end)) return ['cookie-keeps-nothing', '7'];
  if (label === 'SYN-RECEIVED' && state === 'LISTEN' && end.newest?.outcome === 'no-room')
    return ['backlog-full', '7'];
  if (label === 'TIME-WAIT') {
    if (state === 'LAST-ACK' || (state === 'CLOSED' && end.closedFrom === 'LAST-ACK')) return ['M24', '3.6'];
    if (state === 'CLOSE-WAIT') return ['M28', '3.3.2'];
  }
  if (label === 'CLOSE-WAIT' && state === 'TIME-WAIT') return ['M28', '3.3.2'];
  if (label === 'CLOSED') {
    if (state === 'TIME-WAIT') return ['M25', '3.6'];
    if (state === 'FIN-WAIT-1' || state === 'FIN-WAIT-2' || state === 'CLOSE-WAIT') return ['M20', '3.6'];
  }
  return ['other', '3.3.2'];
}
