import { seqAdd } from './seq.ts';

/** The control bits, with their places in the header's thirteenth and fourteenth octets (RFC 9293 §3.1). */
export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;
export const URG = 0x20;
export const ECE = 0x40;
export const CWR = 0x80;

/** In the order in which people write them. */
export const FLAGS = [
  ['SYN', SYN],
  ['FIN', FIN],
  ['RST', RST],
  ['PSH', PSH],
  ['ACK', ACK],
  ['URG', URG],
  ['ECE', ECE],
  ['CWR', CWR],
] as const;

export type FlagName = (typeof FLAGS)[number][0];

/** What TCP sends. Ports, checksum and options are the link's and the capture's business. */
export interface Segment {
  /** SEG.SEQ, in [0, 2^32). */
  readonly seq: number;
  /** The number in the acknowledgment field; without the ACK flag it means nothing and should be 0. */
  readonly ack: number;
  /** Control bits, OR-ed. */
  readonly flags: number;
  /** SEG.WND, octets, as in the header (no scaling). */
  readonly wnd: number;
  /** Octets of payload. SYN and FIN are not among them: see {@link segLen}. */
  readonly dataOctets: number;
  /** The payload as text, where it is known. No rule looks at it. */
  readonly text?: string;
}

/** SEG.LEN: octets of data, counting SYN and FIN (RFC 9293 §3.4). */
export function segLen(seg: Pick<Segment, 'flags' | 'dataOctets'>): number {
  return seg.dataOctets + ((seg.flags & SYN) >> 1) + (seg.flags & FIN);
}

/** The number behind its last: SEG.SEQ + SEG.LEN (RFC 9293 §3.4). */
export function segEnd(seg: Pick<Segment, 'seq' | 'flags' | 'dataOctets'>): number {
  return seqAdd(seg.seq, segLen(seg));
}

/** Whether a control bit is set, or one of several. */
export function has(seg: Segment, flag: number): boolean {
  return (seg.flags & flag) !== 0;
}

/** `['SYN', 'ACK']` for SYN|ACK, in the order of {@link FLAGS}. */
export function flagNames(flags: number): FlagName[] {
  return FLAGS.filter(([, bit]) => flags & bit).map(([name]) => name);
}

/** The inverse of {@link flagNames}; null if a name is unknown. */
export function flagsOf(names: readonly string[]): number | null {
  let flags = 0;
  for (const name of names) {
    const found = FLAGS.find(([known]) => known === name);
    if (!found) return null;
    flags |= found[1];
  }
  return flags;
}
