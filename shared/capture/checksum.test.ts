import { expect, test } from 'vitest';
import { isChecksumRight } from './checksum.ts';
import { Damage } from './damage.ts';

/**
 * A header of 20 octets with three octets behind it, and what its pseudo-header's words add up to: 10.0.0.1,
 * 10.0.0.2, TCP, 23 octets.
 */
const PSEUDO = 0x0a00 + 0x0001 + 0x0a00 + 0x0002 + 6 + 23;
const RIGHT = 0x3ad1;

function segment(checksum: number, captured = 23): Uint8Array {
  const octets = new Uint8Array(23);
  octets.set([0x9c, 0x40, 0x00, 0x50, 0, 0, 0, 1, 0, 0, 0, 2, 0x50, 0x18, 0xff, 0xff]);
  octets.set([0x61, 0x62, 0x63], 20);
  octets[16] = checksum >> 8;
  octets[17] = checksum & 0xff;
  return octets.subarray(0, captured);
}

test('a checksum is right, wrong, or not known', () => {
  expect(isChecksumRight(segment(RIGHT), 0, 23, PSEUDO)).toBe(true);
  expect(isChecksumRight(segment(RIGHT ^ 1), 0, 23, PSEUDO)).toBe(false);
  const damaged = segment(RIGHT);
  damaged[22] = 0x64;
  expect(isChecksumRight(damaged, 0, 23, PSEUDO)).toBe(false);
  expect(isChecksumRight(segment(RIGHT, 22), 0, 23, PSEUDO)).toBe(null);
});

test('what is left to the network card is not known', () => {
  for (const field of [0, PSEUDO, PSEUDO - 23]) {
    expect(isChecksumRight(segment(field), 0, 23, PSEUDO)).toBe(null);
  }
});

test('a wrong checksum is damage only in a sender whose checksums are right', () => {
  const damage = new Damage();
  const told = (sender: string, ...right: (boolean | null)[]) =>
    right.map((one) => damage.isDamaged(sender, one));
  expect(told('10.0.0.1', true, true, false, null, false, true, true, false)).toEqual([
    false,
    false,
    true,
    false,
    false,
    false,
    false,
    true,
  ]);
  expect(told('10.0.0.2', false, false, true, false)).toEqual([false, false, false, false]);
});
