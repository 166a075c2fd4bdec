import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutText, textOctets } from './text.ts';

describe('text is measured in octets of UTF-8', () => {
  test.each([
    ['', 0],
    ['GET', 3],
    ['\u007f', 1],
    ['\u0080', 2],
    ['\u07ff', 2],
    ['\u0800', 3],
    ['\uffff', 3],
    ['\u{10000}', 4],
    ['你好', 6],
    ['😀', 4],
    ['a😀b', 6],
  ])('%j', (text, octets) => {
    expect(textOctets(text)).toBe(octets);
    expect(cutText(text, octets)).toEqual([text, '']);
    expect(cutText(text, octets + 1)).toEqual([null, null]);
  });

  test('as many as an encoder makes of it', () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 });
    fc.assert(fc.property(text, (some) => textOctets(some) === new TextEncoder().encode(some).length));
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
