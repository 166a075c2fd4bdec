import { expect, test } from 'vitest';
import { expect as expectDues } from './expect.ts';
import { hint } from './hint.ts';
import { play } from './script.testing.ts';
import type { Field } from './verdict.ts';

/** All that the first due answer gives away, in this order. */
function given(story: string): string[] {
  const [due] = expectDues(play(story));
  if (!due) throw new Error('nothing is due');
  const fields: Field[] = [];
  const told: string[] = [];
  for (let next = hint(due, fields); next; next = hint(due, fields)) {
    told.push(`${next.field} ${next.value}`);
    fields.push(next.field);
  }
  return told;
}

test('a hint gives away one field at a time: flags, seq, ack, data', () => {
  expect(given('listen\n< S 300')).toEqual(['flags SYN,ACK', 'seq 100', 'ack 301', 'data 0']);
  const open = 'connect\n> S 100\n< S. 300 ack 101\n> . 101 ack 301';
  expect(given(`${open}\nwrite 11\nclose`)).toEqual(['flags FIN,ACK', 'seq 101', 'ack 301', 'data 11']);
});

test('no hint speaks of an acknowledgment number that has no place there', () => {
  expect(given('connect')).toEqual(['flags SYN', 'seq 100', 'data 0']);
  expect(given('< . 7 ack 900')).toEqual(['flags RST', 'seq 900', 'data 0']);
  // A RST that aborts may have one; what is not required is not given away.
  expect(given('connect\n> S 100\n< S. 300 ack 101\n> . 101 ack 301\nabort')).toEqual([
    'flags RST',
    'seq 101',
    'data 0',
  ]);
});

test('what was asked for before is not told again', () => {
  const [due] = expectDues(play('listen\n< S 300'));
  if (!due) throw new Error('nothing is due');
  expect(hint(due, ['seq'])).toEqual({ field: 'flags', value: 'SYN,ACK' });
  expect(hint(due, ['flags', 'ack'])).toEqual({ field: 'seq', value: 100 });
  expect(hint(due, ['flags', 'seq', 'ack', 'data'])).toBeNull();
});
