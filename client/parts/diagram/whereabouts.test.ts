import { expect, test } from 'vitest';
import type { DrawnWay } from './drawing.ts';
import { whereabouts } from './whereabouts.ts';

const way = (points: DrawnWay['points'], held = false): DrawnWay => ({
  points,
  held,
  ending: held ? 'air' : 'arrived',
  why: null,
  fork: false,
  heading: 0,
});
const straight = [
  { x: 100, y: 20 },
  { x: 300, y: 60 },
];

test('a segment is on its line, as far along as time is', () => {
  expect(whereabouts(way(straight), 20)).toEqual({ x: 100, y: 20 });
  expect(whereabouts(way(straight), 30)).toEqual({ x: 150, y: 30 });
});

test('before it sets out and once it has arrived it is nowhere', () => {
  expect(whereabouts(way(straight), 19)).toBeNull();
  expect(whereabouts(way(straight), 60)).toBeNull();
});

test('one that is held stays where it was stopped', () => {
  expect(whereabouts(way(straight, true), 90)).toEqual({ x: 300, y: 90 });
});
