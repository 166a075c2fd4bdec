import { describe, expect, test } from 'vitest';
import { MISCONCEPTION_CODES, PLAIN_FAULT_CODES } from '../../shared/tcp/verdict.ts';
import { m } from '../paraglide/messages.js';
import { locales, overwriteGetLocale } from '../paraglide/runtime.js';
import { slipText } from './slip.ts';

const NAMED = [...MISCONCEPTION_CODES, ...PLAIN_FAULT_CODES].filter((code) => code !== 'other');

describe.each(locales)('in %s', (locale) => {
  test.each(NAMED)('%s is named for itself', (code) => {
    overwriteGetLocale(() => locale);
    expect(slipText(code)).not.toBe(m.slip_other());
  });
});
