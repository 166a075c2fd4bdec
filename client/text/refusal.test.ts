import { expect, test } from 'vitest';
import { overwriteGetLocale } from '../paraglide/runtime.js';
import { refusalText, teacherRefusalText } from './refusal.ts';

overwriteGetLocale(() => 'en');

test('whose name is taken, perhaps by themselves, is told how to come back; an instructor is not sent to a teacher', () => {
  expect(refusalText({ code: 'name/taken' })).toMatch(/link to your seat/);
  expect(teacherRefusalText({ code: 'name/taken' })).not.toMatch(/teacher/);
});

test('everything else is said to an instructor as to everybody', () => {
  expect(teacherRefusalText({ code: 'name/empty' })).toBe(refusalText({ code: 'name/empty' }));
});
