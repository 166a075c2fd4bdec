import { describe, expect, test } from 'vitest';
import { FIN, SYN } from './segment.ts';
import { dropAcked, rangeOf, unackedText, withRange } from './unacked.ts';

const SYN_OUT = rangeOf(100, SYN, 0, null);
const HELLO = rangeOf(101, 0, 5, 'hello');
const WORLD = rangeOf(106, 0, 5, 'world');
const FIN_OUT = rangeOf(111, FIN, 0, null);
const QUEUE = [SYN_OUT, HELLO, WORLD, FIN_OUT];

describe('the retransmission queue', () => {
  test('loses what is acknowledged, number by number', () => {
    expect(dropAcked(QUEUE, 100)).toEqual(QUEUE);
    expect(dropAcked(QUEUE, 101)).toEqual([HELLO, WORLD, FIN_OUT]);
    expect(dropAcked(QUEUE, 103)).toEqual([rangeOf(103, 0, 3, 'llo'), WORLD, FIN_OUT]);
    expect(dropAcked(QUEUE, 106)).toEqual([WORLD, FIN_OUT]);
    expect(dropAcked(QUEUE, 110)).toEqual([rangeOf(110, 0, 1, 'd'), FIN_OUT]);
    expect(dropAcked(QUEUE, 111)).toEqual([FIN_OUT]);
    expect(dropAcked(QUEUE, 112)).toEqual([]);
  });

  test('keeps the FIN at the end of a piece of which the octets are acknowledged', () => {
    const last = rangeOf(106, FIN, 5, 'world');
    expect(dropAcked([last], 109)).toEqual([rangeOf(109, FIN, 2, 'ld')]);
    expect(dropAcked([last], 111)).toEqual([rangeOf(111, FIN, 0, '')]);
    expect(dropAcked([last], 112)).toEqual([]);
  });

  test('keeps the octets of a SYN that is acknowledged alone (§3.4, MAY)', () => {
    const syn = rangeOf(100, SYN, 5, 'hello');
    expect(dropAcked([syn], 101)).toEqual([rangeOf(101, 0, 5, 'hello')]);
    expect(dropAcked([syn], 103)).toEqual([rangeOf(103, 0, 3, 'llo')]);
    expect(dropAcked([syn], 106)).toEqual([]);
    expect(dropAcked([rangeOf(100, SYN, 5, null)], 103)).toEqual([rangeOf(103, 0, 3, null)]);
  });

  test('goes round the circle', () => {
    const range = rangeOf(0xfffffffe, 0, 5, 'hello');
    expect(dropAcked([range], 1)).toEqual([rangeOf(1, 0, 2, 'lo')]);
  });

  test('is put together only when it is long, and never across a SYN or a FIN', () => {
    const pieces = (n: number): ReturnType<typeof rangeOf>[] =>
      Array.from({ length: n }, (_, i) => rangeOf(101 + i, 0, 1, 'x'));
    expect(withRange(pieces(63), rangeOf(164, 0, 1, 'y'))).toHaveLength(64);
    expect(withRange(pieces(64), rangeOf(165, 0, 1, 'y'))).toEqual([
      rangeOf(101, 0, 65, `${'x'.repeat(64)}y`),
    ]);
    expect(withRange(pieces(64), rangeOf(165, 0, 1, null))).toEqual([rangeOf(101, 0, 65, null)]);
    expect(withRange([SYN_OUT, ...pieces(63)], rangeOf(164, 0, 2, 'yz'))).toEqual([
      SYN_OUT,
      rangeOf(101, 0, 65, `${'x'.repeat(63)}yz`),
    ]);
    expect(withRange(pieces(64), rangeOf(165, FIN, 0, null))).toEqual([
      rangeOf(101, 0, 64, 'x'.repeat(64)),
      rangeOf(165, FIN, 0, null),
    ]);
    const unknown = [rangeOf(100, 0, 1, null), ...pieces(63)];
    expect(withRange(unknown, rangeOf(164, 0, 1, 'y'))).toEqual([rangeOf(100, 0, 65, null)]);
  });

  test('knows what it reads like, from any octet on, across its pieces', () => {
    expect(unackedText(QUEUE, 101, 10)).toBe('helloworld');
    expect(unackedText(QUEUE, 101, 5)).toBe('hello');
    expect(unackedText(QUEUE, 103, 5)).toBe('llowo');
    expect(unackedText(QUEUE, 106, 5)).toBe('world');
    expect(unackedText(QUEUE, 110, 1)).toBe('d');
    expect(unackedText([rangeOf(100, SYN, 5, 'hello')], 101, 3)).toBe('hel');
  });

  test('does not guess: past its end, before its beginning, or where a piece is not known', () => {
    expect(unackedText(QUEUE, 106, 6)).toBe(null);
    expect(unackedText(QUEUE, 111, 1)).toBe(null);
    expect(unackedText(QUEUE, 100, 1)).toBe(null);
    expect(unackedText([HELLO, rangeOf(106, 0, 5, null)], 103, 5)).toBe(null);
    expect(unackedText([HELLO, rangeOf(106, 0, 5, null)], 101, 5)).toBe('hello');
    expect(unackedText([], 101, 1)).toBe(null);
  });
});
