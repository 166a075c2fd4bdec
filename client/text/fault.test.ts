import { expect, test } from 'vitest';
import { MISCONCEPTION_CODES, PLAIN_FAULT_CODES } from '../../shared/tcp/verdict.ts';
import { lookup } from './lookup.ts';

test.each([...MISCONCEPTION_CODES, ...PLAIN_FAULT_CODES])('%s has a sentence', (code) => {
  expect(lookup(`fault_${code}`, { given: '1', needed: '2', diff: -1 })).toMatch(/\S{2}/);
});

test('a code of another age has none, and breaks nothing', () => {
  expect(lookup('fault_M99')).toBeNull();
});
