import type { HeldRange } from './end.ts';
import { seqAdd, seqDiff, seqLt } from './seq.ts';

/** So many pieces are kept apart: neighbours among them are then put together. */
const MOST_PIECES = 64;
/**
 * So many are kept at all. What lies beyond is left to be sent again, as by any end that runs out of memory
 * (§3.10.7.4).
 */
const MOST_HELD = 2048;

/**
 * What is kept from beyond a gap, with another piece: by number, leaving out what is known already. Overlaps
 * are trimmed when they are taken out.
 */
export function withHeld(held: readonly HeldRange[], range: HeldRange): readonly HeldRange[] {
  const end = range.dataOctets + (range.fin ? 1 : 0);
  const known = held.some((h) => {
    const from = seqDiff(range.seq, h.seq);
    return from >= 0 && from + end <= h.dataOctets + (h.fin ? 1 : 0);
  });
  if (known) return held;
  const at = held.findIndex((h) => seqLt(range.seq, h.seq));
  const all = at < 0 ? [...held, range] : [...held.slice(0, at), range, ...held.slice(at)];
  return all.length <= MOST_PIECES ? all : putTogether(all);
}

function putTogether(held: readonly HeldRange[]): readonly HeldRange[] {
  const pieces: HeldRange[] = [];
  for (const range of held) {
    const last = pieces.at(-1);
    const gap = last === undefined ? 1 : seqDiff(range.seq, seqAdd(last.seq, last.dataOctets));
    if (last === undefined || gap > 0 || last.fin) {
      pieces.push(range);
      continue;
    }
    const dataOctets = Math.max(last.dataOctets, last.dataOctets + gap + range.dataOctets);
    const fin = range.fin && dataOctets === last.dataOctets + gap + range.dataOctets;
    pieces[pieces.length - 1] = { seq: last.seq, dataOctets, fin };
  }
  return pieces.length <= MOST_HELD ? pieces : pieces.slice(0, MOST_HELD);
}
