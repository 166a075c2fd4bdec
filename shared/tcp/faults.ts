import { owes } from './draft.ts';
import type { Due } from './due.ts';
import type { End } from './end.ts';
import { expect, pureAck, retransmissions, synUnacked } from './expect.ts';
import { MISCONCEPTIONS, getsDataAfterFin } from './misconceptions.ts';
import type { Slip } from './misconceptions.ts';
import { ACK, CWR, ECE, FIN, PSH, RST, SYN, URG, flagNames } from './segment.ts';
import type { Segment } from './segment.ts';
import { SEQ_SPACE, isSeq, seqAdd, seqDiff } from './seq.ts';
import type { State } from './state.ts';
import type { Fault, FaultCode, Field } from './verdict.ts';

export interface Faults {
  readonly faults: readonly Fault[];
  /** What the segment resembles most; null where nothing may be sent at all. */
  readonly nearest: Due | null;
}

/** What is wrong with a wrong segment, measured against the nearest right one: what is due first, then what is allowed. */
export function faultsOf(end: End, seg: Segment, peer: { readonly sndNxt: number } | null): Faults {
  const dues = expect(end);
  const nearest = nearestOf(seg, dues, allowedTemplates(end, seg));
  if (!nearest) return { faults: [unprompted(end, seg)], nearest };
  const slipIn = (field: Field, given: number, needed: number): Slip => ({
    end,
    in: end.newest?.seg ?? null,
    out: seg,
    last: end.lastSent,
    nearest,
    field,
    given,
    needed,
    peerSndNxt: peer?.sndNxt ?? null,
  });

  const faults: Fault[] = [];
  const wrongFlags = flagsDiffer(nearest, seg);
  if (wrongFlags || slipsFinPastData(end, seg, nearest)) {
    faults.push(flagsFault(slipIn('flags', seg.flags, nearest.flags.required)));
    // A segment of another kind altogether: its numbers say nothing more.
    const { code } = faults[0] as Fault;
    const otherKind = (seg.flags ^ nearest.flags.required) & (SYN | RST);
    if (otherKind || code === 'fin-again' || code === 'M23') return { faults, nearest };
  }
  if (seg.seq !== nearest.seq) faults.push(numberFault(slipIn('seq', seg.seq, nearest.seq)));
  if (nearest.ack !== null && seg.flags & ACK && seg.ack !== nearest.ack) {
    faults.push(numberFault(slipIn('ack', seg.ack, nearest.ack)));
  }
  const data = dataFault(slipIn('data', seg.dataOctets, nearest.data.max), nearest);
  const skipsQueue = faults.some((fault) => fault.field === 'seq' && fault.code === 'M23');
  if (data && !skipsQueue) faults.push(data);
  if (faults.length === 0) faults.push(unprompted(end, seg));
  return { faults, nearest };
}

const FIN_FLAGS = { required: FIN | ACK, optional: PSH | ECE | CWR, forbidden: SYN | RST | URG };

/** Templates of what may be sent though nothing asks for it, near the segment in question. */
function allowedTemplates(end: End, seg: Segment): Due[] {
  const { state, tcb } = end;
  if (end.abortCalled || state === 'CLOSED' || state === 'LISTEN') return [];
  const found = retransmissions(end, []);
  if (tcb.rcv.nxt === null || owes(end, 'syn-ack')) return found;
  const recut = recutAt(end, seg.seq);
  if (recut) found.push(recut);
  const ack = pureAck(end, 'duplicate-ack', []);
  if (end.finSeq !== null && tcb.snd.una !== tcb.snd.nxt && !synUnacked(end)) {
    found.push({ ...ack, why: 'retransmit-fin', flags: FIN_FLAGS, seq: end.finSeq });
  }
  // A bare ACK was meant as one; and at SND.NXT, with octets waiting, it is new data that is meant, not old.
  const bare = seg.dataOctets === 0 && !(seg.flags & (SYN | FIN));
  if (bare || (end.queued > 0 && seg.seq === tcb.snd.nxt)) found.unshift(ack);
  else found.push(ack);
  if (end.closeCalled && end.finSeq === null && end.queued === 0 && state === 'SYN-RECEIVED') {
    found.push({ ...ack, why: 'fin', flags: FIN_FLAGS });
  }
  return found;
}

/** The part of the retransmission queue from `seq` on, if it lies there. */
function recutAt(end: End, seq: number): Due | null {
  const { una, nxt } = end.tcb.snd;
  const octets = seqDiff(end.finSeq ?? nxt, seq);
  if (synUnacked(end) || seqDiff(seq, una) <= 0 || octets <= 0) return null;
  const ack = pureAck(end, 'retransmit', []);
  return { ...ack, seq, data: { min: 1, max: octets } };
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

/** `SYN,ACK`, or `none`. */
export function flagText(flags: number): string {
  return flagNames(flags).join(',') || 'none';
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

function named(slip: Slip): { code: FaultCode; section: string } | null {
  for (const entry of MISCONCEPTIONS) {
    if (entry.fields.includes(slip.field) && entry.shows(slip)) return entry;
  }
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
  return {
    ...fault(field, name?.code ?? 'other', given, needed, name?.section ?? '3.4'),
    diff: seqDiff(given, needed),
  };
}

function dataFault(slip: Slip, nearest: Due): Fault | null {
  const { end, out } = slip;
  const { min, max } = nearest.data;
  const given = out.dataOctets;
  if (given >= min && given <= max) return null;
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
  const code: FaultCode =
    seg.flags & RST && end.newest?.seg.flags === undefined ? 'rst-unasked' : 'unprompted';
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
  if (label === 'ESTABLISHED' && state === 'SYN-RECEIVED') return ['M10', '3.10.7.4 fifth'];
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
