import { describe, expect, test } from 'vitest';
import type { Point, Rule } from '../../shared/grading/mark.ts';
import type { TraceItem } from '../../shared/table/trace.ts';
import type { Fault, Field } from '../../shared/tcp/verdict.ts';
import { m } from '../paraglide/messages.js';
import { locales, overwriteGetLocale } from '../paraglide/runtime.js';
import { pointText } from './point.ts';
import { slipText } from './slip.ts';

const point = (rule: Rule, code: Point['code']): Point => ({
  rule,
  points: 0,
  outOf: 1,
  ms: 0,
  item: 0,
  segment: null,
  code,
});
const fault = (field: Field, given: string, code: Fault['code'] = 'other'): Fault => ({
  field,
  code,
  given,
  needed: `not ${given}`,
  section: '3.4',
});
const answer = (...faults: readonly Fault[]): TraceItem => ({
  kind: 'nothing',
  ms: 0,
  side: 'client',
  verdict: { verdict: 'wrong', why: 'ack', causes: [], faults },
});

describe.each(locales)('in %s', (locale) => {
  test.each<Field>(['flags', 'seq', 'ack', 'data', 'state'])(
    'a mistake without a name in %s is told by its own numbers',
    (field) => {
      overwriteGetLocale(() => locale);
      const others = (['flags', 'seq', 'ack', 'data', 'state'] as const).filter((other) => other !== field);
      const item = answer(...others.map((other) => fault(other, 'another')), fault(field, 'this one'));
      const words = pointText(point(field, 'other'), item);
      expect(words).toContain('not this one');
      expect(words).not.toContain('another');
    },
  );
});

test('what answers nothing is told by the first fault that has no name', () => {
  const item = answer(fault('flags', 'named', 'M09'), fault('seq', 'this one'));
  expect(pointText(point('unprompted', 'other'), item)).toContain('not this one');
});

test('a mistake that has a name is called by it', () => {
  expect(pointText(point('seq', 'M05'), answer(fault('seq', 'this one', 'M05')))).toBe(slipText('M05'));
});

test('to have called a right segment is no mistake in a field of it', () => {
  expect(pointText(point('false-call', 'other'), answer(fault('flags', 'wrong')))).toBe(m.slip_other_call());
});

test('without the answer itself there is still something to say', () => {
  expect(pointText(point('seq', 'other'), undefined)).toBe(slipText('other'));
});
