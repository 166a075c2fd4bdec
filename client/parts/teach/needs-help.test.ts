import { expect, test } from 'vitest';
import type { TableMini } from '../../../shared/table/mini.ts';
import { needOfHelp, owing } from './needs-help.ts';

const mini = (over: Partial<TableMini> = {}): TableMini => ({
  tableId: 't',
  phase: 'running',
  states: { client: 'SYN-SENT', server: 'LISTEN' },
  owesSinceMs: { client: null, server: null },
  clock: { at: 0, ms: 0, rate: 1 },
  wrong: { client: 0, server: 0 },
  right: { client: 0, server: 0 },
  attempts: { client: 0, server: 0 },
  away: [],
  waits: [],
  endedBy: null,
  strokes: [],
  ...over,
});

test('who has owed an answer for longest is named', () => {
  expect(owing(mini())).toBeNull();
  expect(owing(mini({ owesSinceMs: { client: 5, server: 3 } }))).toEqual({ side: 'server', sinceMs: 3 });
  expect(owing(mini({ owesSinceMs: { client: 0, server: null } }))).toEqual({ side: 'client', sinceMs: 0 });
});

test('a second wrong try at the open answer asks for help, and so does a long silence', () => {
  const calm = needOfHelp(mini({ owesSinceMs: { client: 90_000, server: null } }), 100_000);
  const once = needOfHelp(mini({ attempts: { client: 1, server: 1 } }), 100_000);
  const trying = needOfHelp(mini({ attempts: { client: 2, server: 0 } }), 100_000);
  const silent = needOfHelp(mini({ owesSinceMs: { client: 0, server: null } }), 100_000);
  expect(calm).toBe(0);
  expect(once).toBe(0);
  expect(trying).toBeGreaterThan(calm);
  expect(silent).toBeGreaterThan(trying);
});

test('slips that were put right ask for no help', () => {
  expect(needOfHelp(mini({ wrong: { client: 3, server: 1 } }), 0)).toBe(0);
});

test('a second more of silence does not change the order of the tables', () => {
  const table = mini({ owesSinceMs: { client: 0, server: null } });
  expect(needOfHelp(table, 61_000)).toBe(needOfHelp(table, 62_000));
});

test('who has finished needs none', () => {
  const ended = mini({ phase: 'ended', attempts: { client: 9, server: 9 } });
  expect(needOfHelp(ended, 0)).toBe(0);
});
