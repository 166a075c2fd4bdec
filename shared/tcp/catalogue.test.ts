import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MISCONCEPTIONS } from './misconceptions.ts';
import { WHY_SECTION } from './sections.ts';
import { MISCONCEPTION_CODES, PLAIN_FAULT_CODES } from './verdict.ts';

const LOCALES = ['en', 'zh-CN'];

describe('everything that the judge can say has a sentence', () => {
  test.each(LOCALES)('in %s', (locale) => {
    const file = new URL(`../../client/messages/${locale}/judge.json`, import.meta.url);
    const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    const keys = [
      ...[...MISCONCEPTION_CODES, ...PLAIN_FAULT_CODES].map((code) => `fault_${code}`),
      ...Object.keys(WHY_SECTION).map((why) => `why_${why}`),
      ...['flags', 'seq', 'ack', 'data'].map((field) => `hint_${field}`),
    ].map((key) => key.replaceAll('-', '_'));
    expect(Object.keys(messages).sort()).toEqual(keys.sort());
    for (const sentence of Object.values(messages)) expect(sentence).toMatch(/[.。）)]$/);
  });

  test('the catalogue is in order and has nothing twice', () => {
    const codes = MISCONCEPTIONS.map((entry) => entry.code);
    expect(codes).toEqual([...new Set(codes)].sort());
  });
});
