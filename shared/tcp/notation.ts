import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { ACK, CWR, ECE, FIN, PSH, RST, SYN, URG } from './segment.ts';
import type { Segment } from './segment.ts';
import { SEQ_SPACE, isSeq, seqAdd } from './seq.ts';

/** tcpdump's letter for each control bit, in the order in which it writes them. */
export const FLAG_LETTERS = [
  ['F', FIN],
  ['S', SYN],
  ['R', RST],
  ['P', PSH],
  ['.', ACK],
  ['U', URG],
  ['E', ECE],
  ['W', CWR],
] as const;

/** `S.` for SYN|ACK; `none` for no flag at all. */
function printFlags(flags: number): string {
  let letters = '';
  for (const [letter, bit] of FLAG_LETTERS) if (flags & bit) letters += letter;
  return letters || 'none';
}

/**
 * `S. 300:300(0) ack 101 win 64240`: flags, first number, the number after the last octet, octets of data.
 */
export function print(seg: Segment): string {
  const range = `${seg.seq}:${seqAdd(seg.seq, seg.dataOctets)}(${seg.dataOctets})`;
  const ack = seg.flags & ACK ? ` ack ${seg.ack}` : '';
  return `${printFlags(seg.flags)} ${range}${ack} win ${seg.wnd}`;
}

export interface NotationRefusal {
  readonly code:
    /** Nothing but blanks. */
    | 'notation/empty'
    /** The first word is not made of flag letters. */
    | 'notation/bad-flags'
    /** Not a number in [0, 2^32). */
    | 'notation/bad-seq'
    /** The range does not fit the octets of data. */
    | 'notation/bad-range'
    | 'notation/bad-ack'
    | 'notation/bad-win'
    | 'notation/unknown-word';
  /** The piece of the line that was not understood. */
  readonly at: string;
}

/** What a person typed. `seq`, `ack` and `wnd` are null where they were left out. */
export interface Typed {
  readonly flags: number;
  readonly seq: number | null;
  readonly ack: number | null;
  readonly wnd: number | null;
  readonly dataOctets: number;
}

const RANGE = /^(\d+)(?::(\d+))?(?:\((\d+)\))?$/;
const MOST_OCTETS = 2 ** 30;

/**
 * Reads the notation leniently: `S 100`, `. ack 5` and `F. 300 ack 101` will do; the range may be a single
 * number, flags may be in small letters. The ACK flag is taken as written, even if an ack number follows
 * without it.
 */
export function parse(line: string): Result<Typed, NotationRefusal> {
  const words = line.trim().split(/[\s,]+/);
  const [first = ''] = words;
  if (first === '') return refuse({ code: 'notation/empty', at: '' });
  const flags = parseFlags(first);
  if (flags === null) return refuse({ code: 'notation/bad-flags', at: first });

  let seq: number | null = null;
  let ack: number | null = null;
  let wnd: number | null = null;
  let dataOctets = 0;
  let at = 1;
  const second = words[1];
  if (second !== undefined && /^[\d:]/.test(second)) {
    const range = parseRange(second);
    if (!range.ok) return range;
    seq = range.value.seq;
    dataOctets = range.value.dataOctets;
    at = 2;
  }
  for (; at < words.length; at += 2) {
    const word = words[at] as string;
    const number = parseNumber(words[at + 1]);
    switch (word.toLowerCase()) {
      case 'ack':
        if (!isSeq(number)) return refuse({ code: 'notation/bad-ack', at: words[at + 1] ?? word });
        ack = number;
        break;
      case 'win':
        if (number === null || number > MOST_OCTETS)
          return refuse({ code: 'notation/bad-win', at: words[at + 1] ?? word });
        wnd = number;
        break;
      default:
        return refuse({ code: 'notation/unknown-word', at: word });
    }
  }
  return ok({ flags, seq, ack, wnd, dataOctets });
}

function parseFlags(word: string): number | null {
  if (/^(none|-)$/i.test(word)) return 0;
  let flags = 0;
  for (const char of word.toUpperCase()) {
    const found = FLAG_LETTERS.find(([letter]) => letter === char);
    if (!found || flags & found[1]) return null;
    flags |= found[1];
  }
  return flags;
}

function parseRange(word: string): Result<{ seq: number; dataOctets: number }, NotationRefusal> {
  const match = RANGE.exec(word);
  if (!match) return refuse({ code: 'notation/bad-seq', at: word });
  const seq = Number(match[1]);
  if (!isSeq(seq)) return refuse({ code: 'notation/bad-seq', at: word });
  const to = match[2] === undefined ? null : Number(match[2]);
  if (to !== null && !isSeq(to)) return refuse({ code: 'notation/bad-seq', at: word });
  const spanned = to === null ? null : (to - seq + SEQ_SPACE) % SEQ_SPACE;
  const dataOctets = match[3] === undefined ? (spanned ?? 0) : Number(match[3]);
  if (dataOctets > MOST_OCTETS || (spanned !== null && spanned !== dataOctets)) {
    return refuse({ code: 'notation/bad-range', at: word });
  }
  return ok({ seq, dataOctets });
}

function parseNumber(word: string | undefined): number | null {
  return word !== undefined && /^\d{1,10}$/.test(word) ? Number(word) : null;
}
