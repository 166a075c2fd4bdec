import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toArray } from './chain.ts';
import { lineOf } from './kept-logs.testing.ts';
import { replay } from './replay.ts';
import type { Entry } from './types.ts';

/** A game played with a release, and what happened in it: whatever is built later must still read it so. */
interface Kept {
  readonly until: number;
  readonly entries: readonly Entry[];
  readonly trace: readonly string[];
}

const folder = new URL('testdata/', import.meta.url);

describe.each(readdirSync(folder).filter((name) => name.startsWith('log-')))('%s', (name) => {
  const kept = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Kept;

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
