import { describe, expect, test } from 'vitest';
import { ACK, CWR, ECE, FIN, PSH, RST, SYN, URG, flagNames, flagsOf, has, segLen } from './segment.ts';
import type { Segment } from './segment.ts';

const seg = (flags: number, dataOctets = 0): Segment => ({ seq: 0, ack: 0, flags, wnd: 0, dataOctets });

describe('a segment', () => {
  test('SYN and FIN count one each, the other control bits nothing (§3.4)', () => {
    expect(segLen(seg(0))).toBe(0);
    expect(segLen(seg(SYN))).toBe(1);
    expect(segLen(seg(FIN))).toBe(1);
    expect(segLen(seg(SYN | FIN, 5))).toBe(7);
    expect(segLen(seg(ACK | PSH | RST | URG | ECE | CWR, 5))).toBe(5);
  });

  test('every control bit is where the header has it (§3.1)', () => {
    const names = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'];
    names.forEach((name, bit) => {
      expect(flagsOf([name])).toBe(1 << bit);
      expect(flagNames(1 << bit)).toEqual([name]);
      expect(has(seg(1 << bit), 1 << bit)).toBe(true);
      expect(has(seg(~(1 << bit)), 1 << bit)).toBe(false);
    });
  });

  test('names stand in the order in which people write them', () => {
    expect(flagNames(0xff)).toEqual(['SYN', 'FIN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR']);
    expect(flagNames(0)).toEqual([]);
    expect(flagsOf(['ACK', 'SYN', 'ACK'])).toBe(SYN | ACK);
    expect(flagsOf([])).toBe(0);
    expect(flagsOf(['ACK', 'XMAS'])).toBeNull();
  });
});
