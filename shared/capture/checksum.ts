import { u16 } from './read-number.ts';

/** The words of octets [from, to), added to `sum`; nothing stands behind an odd last octet. */
export function wordSum(octets: Uint8Array, from: number, to: number, sum: number): number {
  for (let at = from; at < to; at += 2) {
    sum += ((octets[at] ?? 0) << 8) | (at + 1 < to ? (octets[at + 1] ?? 0) : 0);
  }
  return sum;
}

/** The internet checksum (RFC 1071) of octets [from, to), begun with `sum`. */
export function onesComplement(octets: Uint8Array, from: number, to: number, sum: number): number {
  return ~folded(wordSum(octets, from, to, sum)) & 0xffff;
}

function folded(sum: number): number {
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return sum;
}

const CHECKSUM_AT = 16;

/**
 * Whether the checksum of a segment at [at, at + length) is right (RFC 9293 §3.1), its pseudo-header's words
 * added up in `pseudo`. Null: that cannot be told, because the snap length has cut it, or because it was
 * captured before the network card worked it out: then there is nothing, or the pseudo-header's own sum, with
 * the length or without.
 */
export function isChecksumRight(
  octets: Uint8Array,
  at: number,
  length: number,
  pseudo: number,
): boolean | null {
  if (octets.length < at + length) return null;
  if (onesComplement(octets, at, at + length, pseudo) === 0) return true;
  const given = u16(octets, at + CHECKSUM_AT);
  const isLeftToTheCard = given === 0 || given === folded(pseudo) || given === folded(pseudo - length);
  return isLeftToTheCard ? null : false;
}
