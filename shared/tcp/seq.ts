/**
 * Arithmetic modulo 2^32 (RFC 9293 §3.4). A number is *before* another when it is reached
 * by going back less than half the circle; plain `<` is wrong as soon as numbers wrap.
 */
export const SEQ_SPACE = 2 ** 32;

/** `a + n` on the circle; `n` may be negative. */
export function seqAdd(a: number, n: number): number {
  return (a + n) >>> 0;
}

/** How far `a` is after `b`: in [-2^31, 2^31), negative when `a` comes before. */
export function seqDiff(a: number, b: number): number {
  return (a - b) | 0;
}

/** `a < b` on the circle. */
export function seqLt(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}

/** `a <= b` on the circle. */
export function seqLe(a: number, b: number): boolean {
  return ((a - b) | 0) <= 0;
}

/** `a > b` on the circle. */
export function seqGt(a: number, b: number): boolean {
  return ((a - b) | 0) > 0;
}

/** `a >= b` on the circle. */
export function seqGe(a: number, b: number): boolean {
  return ((a - b) | 0) >= 0;
}

/**
 * Whether a value can be a sequence or acknowledgment number: an integer in [0, 2^32). 0 is as good as any.
 */
export function isSeq(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < SEQ_SPACE;
}
