import { describe, expect, test } from 'vitest';
import { cutText, textOctets } from './text.ts';
import { dropAcked, rangeOf, unackedText } from './unacked.ts';

describe('text is measured in octets of UTF-8', () => {
  test.each([
    ['', 0],
    ['GET', 3],
    ['\u007f', 1],
    ['\u0080', 2],
    ['\u07ff', 2],
    ['\u0800', 3],
    ['\uffff', 3],
    ['你好', 6],
    ['😀', 4],
    ['a😀b', 6],
  ])('%j', (text, octets) => {
    expect(textOctets(text)).toBe(octets);
    expect(cutText(text, octets)).toEqual([text, '']);
    expect(cutText(text, octets + 1)).toEqual([null, null]);
  });

  test('a cut inside a character leaves nothing to read', () => {
    expect(cutText('a你b', 1)).toEqual(['a', '你b']);
    expect(cutText('a你b', 2)).toEqual([null, null]);
    expect(cutText('a你b', 3)).toEqual([null, null]);
    expect(cutText('a你b', 4)).toEqual(['a你', 'b']);
    expect(cutText('a😀b', 5)).toEqual(['a😀', 'b']);
    expect(cutText('abc', 0)).toEqual(['', 'abc']);
    expect(cutText(null, 0)).toEqual([null, null]);
  });
});

describe('the retransmission queue', () => {
  const queue = [rangeOf(10, 2, 0, null), rangeOf(11, 0, 3, 'abc'), rangeOf(14, 1, 2, 'de')];

  test('loses what is acknowledged, octet by octet', () => {
    expect(dropAcked(queue, 10)).toEqual(queue);
    expect(dropAcked(queue, 11)).toEqual(queue.slice(1));
    expect(dropAcked(queue, 12)).toEqual([rangeOf(12, 0, 2, 'bc'), queue[2]]);
    expect(dropAcked(queue, 14)).toEqual(queue.slice(2));
    expect(dropAcked(queue, 15)).toEqual([rangeOf(15, 1, 1, 'e')]);
    expect(dropAcked(queue, 16)).toEqual([rangeOf(16, 1, 0, '')]);
    expect(dropAcked(queue, 17)).toEqual([]);
  });

  test('loses a SYN before its data', () => {
    const syn = [rangeOf(10, 2, 3, 'abc')];
    expect(dropAcked(syn, 11)).toEqual([rangeOf(11, 0, 3, 'abc')]);
    expect(dropAcked(syn, 12)).toEqual([rangeOf(12, 0, 2, 'bc')]);
    expect(dropAcked([rangeOf(10, 2, 3, null)], 12)).toEqual([rangeOf(12, 0, 2, null)]);
  });

  test('knows the text of any part of it, across its pieces', () => {
    expect(unackedText(queue, 11, 3)).toBe('abc');
    expect(unackedText(queue, 11, 5)).toBe('abcde');
    expect(unackedText(queue, 12, 3)).toBe('bcd');
    expect(unackedText(queue, 15, 1)).toBe('e');
    expect(unackedText(queue, 15, 2)).toBeNull();
    expect(unackedText(queue, 9, 2)).toBeNull();
    expect(unackedText([rangeOf(10, 2, 3, 'abc')], 11, 2)).toBe('ab');
    expect(unackedText([rangeOf(11, 0, 3, null)], 11, 1)).toBeNull();
  });
});
