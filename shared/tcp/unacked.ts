import type { SentRange } from './end.ts';
import { FIN, SYN, segEnd } from './segment.ts';
import { seqAdd, seqDiff, seqGe } from './seq.ts';
import { cutText } from './text.ts';

/**
 * The retransmission queue after everything before `una` has been acknowledged (RFC 9293 §3.10.7.4 fifth); a
 * range may be cut in two.
 */
export function dropAcked(unacked: readonly SentRange[], una: number): readonly SentRange[] {
  const rest: SentRange[] = [];
  for (const range of unacked) {
    const acked = seqDiff(una, range.seq);
    if (acked <= 0) rest.push(range);
    else if (seqGe(una, segEnd(range))) continue;
    else {
      const octets = acked - (range.flags & SYN ? 1 : 0);
      const [, text] = cutText(range.text ?? null, octets);
      rest.push(rangeOf(una, range.flags & FIN, range.dataOctets - octets, text));
    }
  }
  return rest;
}

/** So many pieces of a retransmission queue are kept apart. */
const MOST_PIECES = 64;

/**
 * The queue with another piece at its end. How it was cut does not matter (§3.8.1), so a long one is put
 * together again.
 */
export function withRange(unacked: readonly SentRange[], range: SentRange): readonly SentRange[] {
  if (unacked.length < MOST_PIECES) return [...unacked, range];
  const pieces: SentRange[] = [];
  for (const piece of [...unacked, range]) {
    const last = pieces.at(-1);
    if (last === undefined || last.flags !== 0 || piece.flags !== 0) {
      pieces.push(piece);
      continue;
    }
    const text = last.text === undefined || piece.text === undefined ? null : last.text + piece.text;
    pieces[pieces.length - 1] = rangeOf(last.seq, 0, last.dataOctets + piece.dataOctets, text);
  }
  return pieces;
}

/** A piece of the queue, without a text where that is not known. */
export function rangeOf(seq: number, flags: number, dataOctets: number, text: string | null): SentRange {
  return text === null ? { seq, flags, dataOctets } : { seq, flags, dataOctets, text };
}

/** The text of `octets` from `seq` on, where the queue knows all of it. */
export function unackedText(unacked: readonly SentRange[], seq: number, octets: number): string | null {
  let text = '';
  let at = seq;
  let left = octets;
  for (const range of unacked) {
    const begin = seqAdd(range.seq, range.flags & SYN ? 1 : 0);
    const skip = seqDiff(at, begin);
    if (skip < 0 || skip >= range.dataOctets) continue;
    const [, after] = cutText(range.text ?? null, skip);
    const take = Math.min(left, range.dataOctets - skip);
    const [piece] = cutText(after, take);
    if (piece === null) return null;
    text += piece;
    at = seqAdd(at, take);
    left -= take;
    if (left === 0) return text;
  }
  return null;
}
