import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiFramesOf } from './ascii-frames.ts';
import { framesOf } from './frames-of.ts';

const text = (unit: 'grapheme-ascii' | 'binary') =>
  fc.tuple(fc.string({ unit, minLength: 1, maxLength: 40 }), fc.integer({ min: 0, max: 140 })).map(
    // Up to 5600, with every head there is on the way.
    ([some, times]) => some.repeat(times),
  );

const isAscii = (one: string) => /^[\0-\x7f]*$/.test(one);

test('texts of ASCII are the frames that they are in a buffer; with anything else in one of them there are none', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(text('grapheme-ascii'), text('binary')), { maxLength: 4 }), (texts) => {
      const frames = asciiFramesOf(texts);
      if (texts.every((one) => isAscii(one) && one.length < 4096)) {
        expect(Buffer.from(frames ?? '', 'latin1')).toEqual(framesOf(texts));
      } else expect(frames).toBeNull();
    }),
  );
});

test.each([0, 1, 125, 126, 127, 128, 255, 256, 4095])(
  'a text of %i octets has the head of its length',
  (length) => {
    const texts = ['x'.repeat(length), 'y'];
    expect(Buffer.from(asciiFramesOf(texts) ?? '', 'latin1')).toEqual(framesOf(texts));
  },
);

test.each(['\x80', 'é', 'ÿ', '三', '👩‍🔧', '\ud800', 'x'.repeat(4096)])(
  'a text like %j takes the other way',
  (odd) => {
    expect(asciiFramesOf(['plain', odd])).toBeNull();
    expect(asciiFramesOf([odd, 'plain'])).toBeNull();
  },
);
