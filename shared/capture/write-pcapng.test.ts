import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACK, FIN, PSH, SYN } from '../tcp/segment.ts';
import type { CapturedSegment } from './captured-segment.ts';
import { captureReader } from './capture-reader.ts';
import { segmentReader } from './segment-reader.ts';
import { writePcapng, type WrittenSegment } from './write-pcapng.ts';

const segment = fc.record({
  seq: fc.nat(0xffffffff),
  ack: fc.nat(0xffffffff),
  flags: fc.constantFrom(SYN, SYN | ACK, ACK, PSH | ACK, FIN | ACK),
  wnd: fc.nat(0xffff),
  dataOctets: fc.nat(100),
});
const written: fc.Arbitrary<WrittenSegment> = fc.record(
  {
    at: fc.nat(1_000_000_000).map((micros) => 1_700_000_000_000 + micros / 1000),
    from: fc.constantFrom('client', 'server'),
    seg: segment,
    comment: fc.string({ unit: 'grapheme', maxLength: 30 }),
  },
  { requiredKeys: ['at', 'from', 'seg'] },
);

test('what is written is read back, whole and in order', () => {
  fc.assert(
    fc.property(fc.array(written, { maxLength: 20 }), (segments) => {
      const read: CapturedSegment[] = [];
      const reader = segmentReader((captured) => read.push(captured));
      reader.feed(writePcapng(segments, { comment: 'a round' }));
      expect(reader.end()).toMatchObject({ ok: true, value: { end: { how: 'whole' } } });
      expect(read.map(({ seg }) => seg)).toEqual(segments.map(({ seg }) => seg));
      expect(read.map(({ fromPort }) => fromPort > 10_000)).toEqual(
        segments.map(({ from }) => from === 'client'),
      );
      const micros = ({ at }: WrittenSegment) => Math.round(at * 1000);
      for (const [i, one] of segments.entries()) {
        expect(read[i]?.tNanos).toBe((micros(one) - micros(segments[0] ?? one)) * 1000);
      }
    }),
  );
});

/** RFC 1071: over data that holds its own checksum, the sum of all words is all ones. */
function sum(octets: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < octets.length; i += 2) total += (octets[i] ?? 0) * 256 + (octets[i + 1] ?? 0);
  while (total > 0xffff) total = (total % 0x10000) + Math.floor(total / 0x10000);
  return total;
}

test('both checksums are right', () => {
  fc.assert(
    fc.property(written, (one) => {
      const frames: number[][] = [];
      const reader = captureReader((frame) => frames.push([...frame.octets]));
      reader.feed(writePcapng([one]));
      reader.end();
      const [datagram = []] = frames;
      expect(sum(datagram.slice(0, 20))).toBe(0xffff);
      const pseudoHeader = [...datagram.slice(12, 20), 0, 6, 0, datagram.length - 20];
      expect(sum([...pseudoHeader, ...datagram.slice(20)])).toBe(0xffff);
    }),
  );
});

test('a comment is kept as UTF-8', () => {
  const seg = { seq: 1, ack: 0, flags: SYN, wnd: 0, dataOctets: 0 };
  const file = writePcapng([{ at: 0, from: 'client', seg, comment: 'SYN: 第一次握手 🤝' }]);
  expect(Buffer.from(file).includes('SYN: 第一次握手 🤝')).toBe(true);
});
