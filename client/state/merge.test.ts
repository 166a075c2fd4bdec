import { expect, test } from 'vitest';
import type { TableNow } from '../../shared/table/table-now.ts';
import type { TableView } from '../../shared/table/table-view.ts';
import type { Lens, TraceItem } from '../../shared/table/trace.ts';
import { merge } from './merge.ts';
import type { Shown } from './merge.ts';

const now = {} as TableNow;
const item = (ms: number): TraceItem => ({ kind: 'cable', up: true, ms });
const view = (at: number, from: number, to: number, lens: Lens = 'client'): TableView => ({
  tableId: 't',
  at,
  now,
  trace: { lens, from, items: Array.from({ length: to - from }, (_, i) => item(from + i)) },
});
const shown = (at: number, length: number, lens: Lens = 'client'): Shown => ({
  at,
  now,
  lens,
  trace: Array.from({ length }, (_, i) => item(i)),
});
const instants = (result: Shown | 'older' | 'gap') =>
  typeof result === 'string' ? result : result.trace.map(({ ms }) => ms);

test('a snapshot is right by itself', () => {
  expect(instants(merge(null, view(5, 0, 3)))).toEqual([0, 1, 2]);
});

test('a piece continues where the trace ends', () => {
  expect(instants(merge(shown(5, 2), view(6, 2, 4)))).toEqual([0, 1, 2, 3]);
});

test('a piece that overlaps adds only what is new', () => {
  expect(instants(merge(shown(5, 3), view(6, 1, 5)))).toEqual([0, 1, 2, 3, 4]);
});

test('a gap asks for a snapshot', () => {
  expect(merge(shown(5, 2), view(6, 3, 4))).toBe('gap');
  expect(merge(null, view(6, 3, 4))).toBe('gap');
});

test('a shorter trace is older, whenever it claims to be made', () => {
  expect(merge(shown(5, 4), view(9, 0, 3))).toBe('older');
  expect(merge(shown(5, 4), view(9, 2, 3))).toBe('older');
});

test('of two equally long traces the later made is shown', () => {
  expect(merge(shown(5, 2), view(4, 2, 2))).toBe('older');
  expect(merge(shown(5, 2), view(6, 2, 2))).toMatchObject({ at: 6 });
});

test('a longer trace is newer, even if another node made it with a slower clock', () => {
  expect(instants(merge(shown(5, 2), view(4, 2, 3)))).toEqual([0, 1, 2]);
});

test('when the table ends, the whole of it replaces what the seat had seen', () => {
  expect(instants(merge(shown(5, 2), view(6, 0, 6, 'full')))).toHaveLength(6);
  expect(merge(shown(6, 6, 'full'), view(5, 0, 2))).toBe('older');
});

test('a piece without a present leaves the one that is shown', () => {
  const before = { ...shown(5, 2), now: { as: 'link' } as TableNow };
  const { now: _, ...piece } = view(6, 2, 4);
  expect(merge(before, piece)).toMatchObject({ at: 6, now: { as: 'link' } });
  expect(merge(null, { ...piece, trace: { ...piece.trace, from: 0 } })).toBe('gap');
});
