import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seqAdd } from '../tcp/seq.ts';
import { NOTHING_WRITTEN, slice, withText, write } from './stream-text.ts';

const text = fc.string({ unit: 'binary', maxLength: 30 });

test('however a stream is cut, the pieces put together are the text', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), fc.array(fc.integer({ min: 1, max: 9 })), (texts, cuts) => {
      const stream = texts.reduce(write, NOTHING_WRITTEN);
      let at = 0;
      let whole = '';
      for (const octets of [...cuts, stream.octets + 1]) {
        whole += slice(stream, at, octets);
        at += octets;
      }
      expect(whole).toBe(texts.join(''));
    }),
  );
});

test('a segment has the text of its place in the stream, across the wrap and behind a SYN, and none that was not written', () => {
  const stream = write(NOTHING_WRITTEN, 'hello');
  const iss = 2 ** 32 - 3;
  const at = (offset: number, dataOctets: number, flags = 0x10) =>
    withText({ seq: seqAdd(iss, 1 + offset), ack: 0, flags, wnd: 0, dataOctets }, iss, stream).text;
  expect(at(0, 5)).toBe('hello');
  expect(at(3, 2)).toBe('lo');
  expect(at(-1, 3, 0x02)).toBe('hel');
  expect(at(0, 6)).toBeUndefined();
  expect(at(-1, 2)).toBeUndefined();
  expect(at(2, 0)).toBeUndefined();
});
