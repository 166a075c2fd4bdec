import { expect, test } from 'vitest';
import { Lanes } from './lanes.ts';

test('so much is done at once, in turns by lane, and in order within one', async () => {
  const lanes = new Lanes(2);
  const began: string[] = [];
  const ends: (() => void)[] = [];
  const all = ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'c1', 'b2'].map((name) =>
    lanes.take(name[0]!, () => {
      began.push(name);
      return new Promise<void>((resolve) => ends.push(resolve));
    }),
  );
  expect(began).toEqual(['a1', 'a2']);
  expect([lanes.waiting('a'), lanes.waiting('b'), lanes.waiting('d')]).toEqual([3, 2, 0]);
  while (began.length < all.length) {
    expect(ends).toHaveLength(2);
    ends.shift()!();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(began).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'a4', 'b2', 'a5']);
  for (const end of ends) end();
  await Promise.all(all);
});

test('what fails makes room as well', async () => {
  const lanes = new Lanes(1);
  const failed = lanes.take('a', () => Promise.reject(new Error('no')));
  const next = lanes.take('a', () => Promise.resolve('yes'));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('yes');
  expect(await lanes.take('b', () => Promise.resolve('and so on'))).toBe('and so on');
});
