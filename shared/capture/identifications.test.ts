import { expect, test } from 'vitest';
import { Identifications } from './identifications.ts';

function after(...seen: number[]): Identifications {
  const ids = new Identifications();
  for (const id of seen) ids.remember(id, false);
  return ids;
}

test('the next one in turn leaves no room for an unseen segment, a later one does', () => {
  expect(after(10, 11).mayHaveSkipped(12)).toBe(false);
  expect(after(10, 11).mayHaveSkipped(14)).toBe(true);
  expect(after(0xfffe, 0xffff).mayHaveSkipped(0)).toBe(true); // 0 is none
});

test('where they begin anew with 0 the next one in turn may leave room, too', () => {
  expect(after(0, 1, 2).mayHaveSkipped(3)).toBe(false);
  expect(after(0, 1, 0, 1).mayHaveSkipped(2)).toBe(true);
});

test('a gap stays open until the late one comes', () => {
  expect(after(10, 12).mayHaveSkipped(13)).toBe(true);
  expect(after(10, 12, 11).mayHaveSkipped(13)).toBe(false);
});

test('what is behind the newest is late; without identifications nothing tells', () => {
  expect(after(10, 12).isLate(11)).toBe(true);
  expect(after(10, 12).isLate(13)).toBe(false);
  expect(after(10, 12).isLate(-1)).toBeNull();
  expect(after().isLate(7)).toBeNull();
});

test('what is far from the newest either way tells nothing: some kernels draw them', () => {
  expect(after(10, 12).isLate(1036)).toBe(false);
  expect(after(10, 12).isLate(1037)).toBeNull();
  expect(after(10, 12).isLate(0xffff)).toBe(true);
  expect(after(10, 12).isLate(0x8000)).toBeNull();
});

test('a gap of which the next one in turn is missing is certain, unless the last was cut up, or there is none to compare with', () => {
  expect(after(10, 11).hasSkipped(13)).toBe(true);
  expect(after(10, 11).hasSkipped(12)).toBe(false);
  expect(after().hasSkipped(12)).toBe(false);
  const ids = after(10);
  ids.remember(11, true);
  expect(ids.hasSkipped(13)).toBe(false);
});

test('nothing tells whether it is late, once others without identification have come', () => {
  expect(after(10, 12, 0).isLate(13)).toBeNull();
  expect(after(10, 12, 0).isLate(11)).toBe(true);
});

test('a late one leaves it open whether what comes after others without identification is late', () => {
  expect(after(10, 12, 0, 11).isLate(13)).toBeNull();
  expect(after(10, 12, 0, 13).isLate(14)).toBe(false);
});

test('what was lost some time ago stays lost until it comes late', () => {
  expect(after(10, 12, 13).hasLost(14)).toBe(true);
  expect(after(10, 12, 13).hasSkipped(14)).toBe(false);
  expect(after(10, 12, 13, 11).hasLost(14)).toBe(false);
  const ids = after(10);
  ids.remember(11, true);
  ids.remember(14, false);
  expect(ids.hasLost(15)).toBe(false);
});
