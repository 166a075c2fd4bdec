import { expect, test } from 'vitest';
import { readRoster } from './read-roster.ts';

test('one name a line, without what word processors put before it', () => {
  expect(readRoster('Ana Pérez\r\n 2. Bo\n- 王伟\n\n3) Li  Na\n4、赵敏')).toEqual([
    'Ana Pérez',
    'Bo',
    '王伟',
    'Li Na',
    '赵敏',
  ]);
});

test('of a spreadsheet the names, not the running numbers and not the marks', () => {
  expect(readRoster('1\tAna\t17\n2\tBo\t12')).toEqual(['Ana', 'Bo']);
  expect(readRoster('Ana\t17\nBo\t12')).toEqual(['Ana', 'Bo']);
});

test('nobody twice', () => {
  expect(readRoster('Ana\nBo\nAna')).toEqual(['Ana', 'Bo']);
});

test('a name that begins with a digit keeps it', () => {
  expect(readRoster('3PO\n7 of 9')).toEqual(['3PO', '7 of 9']);
});
