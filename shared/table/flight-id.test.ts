import { expect, test } from 'vitest';
import { copyNumberOf, segmentOf } from './flight-id.ts';

test('the flights of a segment are its copies, by number from the second on', () => {
  const flights = ['c1', 'c1.2', 's12.10'];
  expect(flights.map(segmentOf)).toEqual(['c1', 'c1', 's12']);
  expect(flights.map(copyNumberOf)).toEqual([1, 2, 10]);
});
