import { describe, expect, test } from 'vitest';
import { SEQ_SPACE, isSeq, seqAdd, seqDiff, seqGe, seqGt, seqLe, seqLt } from './seq.ts';

describe('numbers on the circle (§3.4)', () => {
  test.each([
    [0, 1, 1],
    [0xffffffff, 1, 0],
    [0, -1, 0xffffffff],
    [0xfffffff0, 0x20, 0x10],
    [0x7fffffff, 1, 0x80000000],
  ])('%i and %i more is %i', (a, n, sum) => {
    expect(seqAdd(a, n)).toBe(sum);
    expect(seqDiff(sum, a)).toBe(n);
  });

  // Half the circle away is before: −2^31 is the one distance that has no counterpart.
  test.each([
    [5, 5, 0],
    [6, 5, 1],
    [5, 6, -1],
    [0, 0xffffffff, 1],
    [0xffffffff, 0, -1],
    [0x7fffffff, 0, 0x7fffffff],
    [0x80000000, 0, -0x80000000],
    [0, 0x80000000, -0x80000000],
    [0x80000001, 0, -0x7fffffff],
  ])('%i after %i by %i', (a, b, diff) => {
    expect(seqDiff(a, b)).toBe(diff);
    expect([seqLt(a, b), seqLe(a, b), seqGt(a, b), seqGe(a, b)]).toEqual([
      diff < 0,
      diff <= 0,
      diff > 0,
      diff >= 0,
    ]);
  });

  test('0 is a number, 2^32 is none', () => {
    for (const value of [0, 1, 0xffffffff]) expect(isSeq(value)).toBe(true);
    for (const value of [-1, SEQ_SPACE, 0.5, NaN, Infinity, '1', null, undefined, true, 1n]) {
      expect(isSeq(value)).toBe(false);
    }
    expect(SEQ_SPACE).toBe(4_294_967_296);
  });
});
