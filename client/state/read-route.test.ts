import { describe, expect, test } from 'vitest';
import { readRoute } from './read-route.ts';
import { teachPath } from './teach-path.ts';

describe.each(['/', '/lab/'])('under %s', (base) => {
  const read = (path: string) => readRoute(base + path.replace(/^\//, ''), base);

  test('an address says the page, and what it is about', () => {
    expect(read('')).toEqual({ page: 'home' });
    expect(read('join/QWERTZ')).toEqual({ page: 'join', code: 'QWERTZ' });
    expect(read('teach')).toEqual({ page: 'teach', classroomId: null, tableId: null });
    expect(read('practice')).toEqual({ page: 'practice', atTable: false });
    expect(read('practice/table')).toEqual({ page: 'practice', atTable: true });
    expect(read('nowhere')).toEqual({ page: 'lost' });
  });

  test.each([
    ['k1', null],
    ['k1', 'r1-2'],
    ['a/b', 'c d%'],
  ])('a classroom %s and its table %s are found again by their address', (classroomId, tableId) => {
    expect(read(teachPath(classroomId, tableId))).toEqual({ page: 'teach', classroomId, tableId });
  });
});

test('what cannot be decoded is left out', () => {
  expect(readRoute('/teach/k1/%E0%A4', '/')).toEqual({ page: 'teach', classroomId: 'k1', tableId: null });
});
