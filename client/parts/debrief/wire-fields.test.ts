import { expect, test } from 'vitest';
import { onTheWire } from './wire-fields.ts';

const SEG = { seq: 300, ack: 101, flags: 0x12, wnd: 64240, dataOctets: 0 };

const octetsOf = (name: string, seg = SEG) => {
  const { octets, fields } = onTheWire(seg, 'server');
  const field = fields.find((each) => each.name === name);
  return field ? [...octets.subarray(field.from, field.to)] : null;
};

test('each field stands where its octets say so', () => {
  expect(octetsOf('Sequence Number')).toEqual([0, 0, 1, 44]);
  expect(octetsOf('Acknowledgment Number')).toEqual([0, 0, 0, 101]);
  expect(octetsOf('Window')).toEqual([0xfa, 0xf0]);
  expect(octetsOf('Flags')).toEqual([0x12]);
  expect(octetsOf('Data')).toBeNull();
});

test('data stands behind the header', () => {
  const seg = { ...SEG, flags: 0x18, dataOctets: 2, text: 'hi' };
  expect(octetsOf('Data', seg)).toEqual([0x68, 0x69]);
});

test('a header covers its fields', () => {
  const { octets, fields } = onTheWire(SEG, 'client');
  const headers = fields.filter(({ depth }) => depth === 0);
  expect(headers.map(({ from, to }) => [from, to])).toEqual([
    [0, 20],
    [20, 40],
  ]);
  expect(octets).toHaveLength(40);
  expect(fields.every(({ from, to }) => from >= 0 && to <= octets.length)).toBe(true);
});
