import { describe, expect, test } from 'vitest';
import { MISCONCEPTION_CODES, PLAIN_FAULT_CODES } from '../../shared/tcp/verdict.ts';
import { locales, overwriteGetLocale } from '../paraglide/runtime.js';
import { lookup } from './lookup.ts';

describe.each(locales)('in %s', (locale) => {
  test.each([...MISCONCEPTION_CODES, ...PLAIN_FAULT_CODES])('%s has a sentence', (code) => {
    overwriteGetLocale(() => locale);
    expect(lookup(`fault_${code}`, { given: '1', needed: '2', diff: -1 })).toMatch(/\S{2}/);
  });
});

test('a code of another age has none, and breaks nothing', () => {
  expect(lookup('fault_M99')).toBeNull();
});
