import { beforeAll, expect, test } from 'vitest';
import type { TraceItem } from '../../shared/table/trace.ts';
import { overwriteGetLocale } from '../paraglide/runtime.js';
import { heldSince, storyOf } from './flight-reading.ts';

beforeAll(() => overwriteGetLocale(() => 'en'));

const seg = { seq: 300, ack: 101, flags: 0x12, wnd: 64_240, dataOctets: 0 };
const fate = { n: 1, conditionsVersion: 1, copies: [], lost: null, rolls: {} };
const sent: TraceItem = {
  ms: 2000,
  kind: 'sent',
  side: 'server',
  id: 's1',
  seg,
  again: false,
  by: 'player',
  fate,
};
const hold = (ms: number, id: string): TraceItem => ({
  ms,
  kind: 'touch',
  touch: 'hold',
  from: 'server',
  id,
  by: 'player',
});

test('a flight is held since it was touched last', () => {
  expect(heldSince([sent, hold(2500, 's1'), hold(3500, 's1'), hold(4000, 's1.2')], 's1')).toBe(3500);
});

test('one that nobody was seen to touch is held since its segment set out', () => {
  expect(heldSince([sent, hold(2500, 's1')], 's1.2')).toBe(2000);
  expect(heldSince([], 's1')).toBe(0);
});

test('a segment that was not seen to leave has no story', () => {
  expect(storyOf([sent], 's2')).toEqual([]);
  expect(storyOf([sent], 's1')).not.toEqual([]);
});
