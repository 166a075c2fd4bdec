import { owes } from './draft.ts';
import type { Due } from './due.ts';
import type { End } from './end.ts';
import { ACK, FIN, PSH, RST, SYN, URG, segLen } from './segment.ts';
import type { Segment } from './segment.ts';
import { seqAdd, seqGt, seqLe } from './seq.ts';
import type { State } from './state.ts';
import type { Field, MisconceptionCode } from './verdict.ts';

/** A wrong answer and everything by which it may be recognized. */
export interface Slip {
  readonly end: End;
  /** The newest segment delivered to this end. */
  readonly in: Segment | null;
  /** The segment that this end sends. */
  readonly out: Segment;
  /** The one that it sent before; null if it has sent none, or if nobody knows. */
  readonly last: Segment | null;
  /** The right segment that `out` resembles most. */
  readonly nearest: Due | null;
  readonly field: Field;
  readonly given: number;
  readonly needed: number;
  /** SND.NXT of the far end, if the table tells. */
  readonly peerSndNxt: number | null;
}

export interface Misconception {
  readonly code: MisconceptionCode;
  /** The fields in which it shows. */
  readonly fields: readonly Field[];
  /** RFC 9293 section that settles it. */
  readonly section: string;
  readonly shows: (slip: Slip) => boolean;
}

const HANDSHAKE: ReadonlySet<State> = new Set<State>(['CLOSED', 'LISTEN', 'SYN-SENT', 'SYN-RECEIVED']);

function sets(seg: Segment | null, flag: number): boolean {
  return seg !== null && (seg.flags & flag) !== 0;
}

/** The number is right but for its origin: counted from 0, as analysers show it. */
function isRelative({ end, field, given, needed }: Slip): boolean {
  const base = (field === 'seq' ? end.tcb.iss : end.tcb.irs) ?? 0;
  return given === seqAdd(needed, -base);
}

/** Where, past a gap, something received ends. */
function endsHeld({ end, given }: Slip): boolean {
  return end.held.some((h) => {
    const last = seqAdd(h.seq, h.dataOctets);
    return given === last || (h.fin && given === seqAdd(last, 1));
  });
}

/** Acknowledges more than has reached this end. */
function acksAhead(slip: Slip): boolean {
  const { nxt } = slip.end.tcb.rcv;
  return nxt !== null && seqGt(slip.out.ack, nxt) && !isRelative(slip);
}

/**
 * The catalogue, in the order in which it is tried: arithmetic before intent. The first that shows in a
 * faulty field names the fault. M11, M22 and M27 show in a card or in a referee's call; M15 and M16 only in
 * legal segments, which `judge` remarks on; M21 and, beside others here, M20 and M26 in silence; M24, M25 and
 * M28 in a label.
 */
export const MISCONCEPTIONS: readonly Misconception[] = [
  {
    code: 'M01',
    fields: ['ack'],
    section: '3.4',
    shows: (s) => s.in !== null && sets(s.in, SYN) && s.given === s.in.seq,
  },
  {
    code: 'M02',
    fields: ['ack'],
    section: '3.4',
    shows: (s) => s.in !== null && segLen(s.in) > 1 && s.given === seqAdd(s.in.seq, 1),
  },
  {
    code: 'M03',
    fields: ['ack'],
    section: '3.4',
    // A FIN at the end has a number of its own: leaving that out is M19.
    shows: (s) =>
      s.in !== null &&
      s.in.dataOctets >= 2 &&
      s.given === seqAdd(s.in.seq, s.in.dataOctets - (sets(s.in, SYN) ? 0 : 1)),
  },
  {
    code: 'M04',
    fields: ['seq'],
    section: '3.4',
    shows: (s) =>
      s.given === seqAdd(s.end.tcb.snd.nxt, 1) &&
      !HANDSHAKE.has(s.end.state) &&
      (s.last === null || segLen(s.last) === 0),
  },
  {
    code: 'M05',
    fields: ['seq'],
    section: '3.4',
    shows: (s) =>
      sets(s.in, SYN) && sets(s.in, ACK) && !HANDSHAKE.has(s.end.state) && s.given === s.end.tcb.iss,
  },
  {
    code: 'M06',
    fields: ['seq'],
    section: '3.4.1',
    shows: (s) => {
      // A listener that answers with a cookie has not kept the peer's number.
      const irs = s.end.tcb.irs ?? (s.end.state === 'LISTEN' ? (s.in?.seq ?? null) : null);
      const synAck = sets(s.out, SYN) && sets(s.out, ACK);
      return synAck && irs !== null && (s.given === irs || s.given === seqAdd(irs, 1));
    },
  },
  {
    code: 'M07',
    fields: ['seq', 'ack'],
    section: '3.1',
    shows: (s) => {
      const { snd, rcv } = s.end.tcb;
      return s.out.seq === rcv.nxt && s.out.ack === snd.nxt && s.out.seq !== s.out.ack;
    },
  },
  {
    code: 'M08',
    fields: ['flags'],
    section: '3.1',
    shows: (s) => !sets(s.out, ACK) && s.out.ack !== 0 && needsFlag(s, ACK),
  },
  {
    code: 'M09',
    fields: ['flags'],
    section: '3.1',
    shows: (s) => !sets(s.out, ACK) && !sets(s.out, RST) && needsFlag(s, ACK) && !HANDSHAKE.has(s.end.state),
  },
  {
    code: 'M10',
    fields: ['data'],
    section: '3.10.7.4 fifth',
    shows: (s) => s.end.state === 'SYN-RECEIVED' && s.out.dataOctets > 0,
  },
  {
    code: 'M12',
    fields: ['flags'],
    section: '3.10.7.2',
    shows: (s) => needsFlag(s, SYN | ACK) && sets(s.out, ACK) && !sets(s.out, SYN | RST),
  },
  {
    code: 'M13',
    fields: ['flags'],
    section: '3.4',
    shows: (s) => sets(s.out, SYN) && !needsFlag(s, SYN) && !HANDSHAKE.has(s.end.state),
  },
  {
    code: 'M14',
    fields: ['seq'],
    section: '3.8.1',
    shows: (s) => s.nearest !== null && s.nearest.why.startsWith('retransmit'),
  },
  {
    code: 'M17',
    fields: ['flags'],
    section: '3.8.1',
    shows: (s) =>
      sets(s.out, RST) && !needsFlag(s, RST) && (owes(s.end, 'retransmit') || s.end.state === 'SYN-SENT'),
  },
  {
    code: 'M18',
    fields: ['flags'],
    section: '3.6',
    shows: (s) =>
      sets(s.out, RST) &&
      !needsFlag(s, RST) &&
      (s.end.state === 'CLOSE-WAIT' || s.end.closeCalled) &&
      !getsDataAfterFin(s.end, s.in) &&
      s.end.state !== 'TIME-WAIT',
  },
  {
    code: 'M19',
    fields: ['ack'],
    section: '3.4',
    shows: (s) => s.in !== null && sets(s.in, FIN) && s.given === seqAdd(s.in.seq, s.in.dataOctets),
  },
  {
    code: 'M20',
    fields: ['flags'],
    section: '3.6',
    shows: (s) => sets(s.out, RST) && getsDataAfterFin(s.end, s.in),
  },
  {
    code: 'M23',
    fields: ['flags', 'seq'],
    section: '3.10.4',
    shows: (s) => {
      const { queued, tcb } = s.end;
      if (queued === 0) return false;
      const skips = s.out.seq === seqAdd(tcb.snd.nxt, queued);
      return s.field === 'seq' ? skips : sets(s.out, FIN) && !sets(s.out, SYN | RST) && s.end.closeCalled;
    },
  },
  {
    code: 'M26',
    fields: ['flags'],
    section: '3.10.7.4 eighth',
    shows: (s) => s.end.state === 'TIME-WAIT' && sets(s.in, FIN) && sets(s.out, RST | FIN),
  },
  {
    code: 'M29',
    fields: ['seq'],
    section: '3.4',
    shows: (s) => s.last !== null && s.last.dataOctets > 1 && s.given === seqAdd(s.last.seq, 1),
  },
  { code: 'M30', fields: ['ack'], section: '3.4', shows: (s) => endsHeld(s) && acksAhead(s) },
  {
    code: 'M31',
    fields: ['ack'],
    section: '3.4',
    shows: (s) => acksAhead(s) && s.peerSndNxt !== null && seqLe(s.given, s.peerSndNxt),
  },
  {
    code: 'M32',
    fields: ['ack'],
    section: '3.10.7.4 fifth',
    shows: (s) => acksAhead(s) && s.peerSndNxt !== null,
  },
  { code: 'M33', fields: ['seq', 'ack'], section: '3.4', shows: isRelative },
  {
    code: 'M35',
    fields: ['seq'],
    section: '3.9.1.2',
    shows: (s) => sets(s.out, PSH) && s.given === seqAdd(s.needed, 1),
  },
  { code: 'M36', fields: ['flags'], section: '3.8.5', shows: (s) => sets(s.out, URG) },
];

function needsFlag(slip: Slip, flags: number): boolean {
  return slip.nearest !== null && (slip.nearest.flags.required & flags) === flags;
}

/** Half-closed: our FIN is out, and the peer still sends. */
export function getsDataAfterFin(end: End, newest: Segment | null): boolean {
  const half = end.state === 'FIN-WAIT-1' || end.state === 'FIN-WAIT-2';
  return half && newest !== null && newest.dataOctets > 0;
}
