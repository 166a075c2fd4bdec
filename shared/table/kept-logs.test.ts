import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toArray } from './chain.ts';
import type { Entry } from './entry.ts';
import { lineOf } from './kept-logs.testing.ts';
import { replay } from './replay.ts';

/** A game played with a release, and what happened in it: whatever is built later must still read it so. */
interface Kept {
  readonly until: number;
  readonly entries: readonly Entry[];
  readonly trace: readonly string[];
}

/** An entry of every type, or this does not compile; what has been logged once must be readable for ever. */
const TYPES: Readonly<Record<Entry['type'], true>> = {
  'table-opened': true,
  'seat-taken': true,
  'clock-set': true,
  'segment-sent': true,
  'segment-blocked': true,
  'nothing-said': true,
  'state-labelled': true,
  'hint-taken': true,
  nudged: true,
  'bluff-called': true,
  'called-out': true,
  'storm-called': true,
  'call-injected': true,
  'limit-set': true,
  'seat-lent': true,
  'seat-returned': true,
  'conditions-set': true,
  'flight-touched': true,
  'cable-cut': true,
  'cable-mended': true,
  'prediction-made': true,
  'table-ended': true,
};

const folder = new URL('testdata/', import.meta.url);

const names = readdirSync(folder).filter((name) => name.startsWith('log-'));

function read(name: string): Kept {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Kept;
}

test('every kind of entry stands in one of them', () => {
  const kept = new Set(names.flatMap((name) => read(name).entries.map(({ type }) => type)));
  expect([...kept].sort()).toEqual(Object.keys(TYPES).sort());
});

describe.each(names)('%s', (name) => {
  const kept = read(name);

  test('is replayed to the very same happenings', () => {
    const table = replay(kept.entries, kept.until);
    expect(toArray(table.history).map(lineOf)).toEqual(kept.trace);
    expect(table.version).toBe(kept.entries.length);
  });

  test('holds people’s verdicts and fates as they were then', () => {
    const table = replay(kept.entries, kept.until);
    const logged = kept.entries.flatMap((entry) => (entry.type === 'segment-sent' ? [entry] : []));
    const shown = toArray(table.history).flatMap((it) => (it.kind === 'sent' && it.by !== 'bot' ? [it] : []));
    expect(shown.map(({ verdict, fate }) => [verdict, fate])).toEqual(
      logged.map(({ verdict, fate }) => [verdict, fate]),
    );
  });
});
