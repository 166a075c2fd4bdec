import { describe, expect, test } from 'vitest';
import { MISCONCEPTION_CODES, PLAIN_FAULT_CODES } from '../../shared/tcp/verdict.ts';
import type { Fault, Verdict } from '../../shared/tcp/verdict.ts';
import { locales, overwriteGetLocale } from '../paraglide/runtime.js';
import { dueSentence, faultValue, whySentence } from './fault.ts';
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

const fault = (code: Fault['code'], field: Fault['field'] = 'flags'): Fault => ({
  field,
  code,
  given: 'ACK',
  needed: 'SYN',
  section: '3.1',
});
const wrong = (why: Verdict['why'], ...faults: Fault[]): Verdict => ({
  verdict: 'wrong',
  why,
  causes: [],
  faults,
});

test('where a fault only names the right value, what was due is told as well, once', () => {
  expect(dueSentence(wrong('syn', fault('other'), fault('other', 'seq')))).toBe(whySentence('syn'));
});

test('where a fault explains itself, or nothing was due, no more is told', () => {
  expect(dueSentence(wrong('third-ack', fault('M04')))).toBe('');
  expect(dueSentence(wrong('nothing', fault('other')))).toBe('');
  expect(dueSentence(wrong('nothing', fault('other', 'state')))).toBe('');
});

test('no flags at all have a word in every language', () => {
  const said = locales.map((locale) => {
    overwriteGetLocale(() => locale);
    return faultValue('none');
  });
  expect(new Set(said)).toEqual(new Set(['none', '无']));
});
