import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Classroom } from './classroom.ts';
import type { ClassroomEntry } from './entry.ts';
import { replay } from './replay.ts';

/**
 * A lesson given with a release, and what the classroom was after it: whatever is built later must still read
 * it so.
 */
interface Kept {
  readonly until: number;
  readonly entries: readonly ClassroomEntry[];
  readonly classroom: Omit<Classroom, 'commands'> & { readonly commands: readonly string[] };
}

/** An entry of every type, or this does not compile; what has been logged once must be readable for ever. */
const TYPES: Readonly<Record<ClassroomEntry['type'], true>> = {
  'classroom-opened': true,
  'player-joined': true,
  'player-renamed': true,
  'player-removed': true,
  'player-readmitted': true,
  'rejoin-issued': true,
  'player-rejoined': true,
  'extra-time-set': true,
  'lock-set': true,
  'settings-set': true,
  'roster-set': true,
  'round-prepared': true,
  'table-added': true,
  'seat-assigned': true,
  'round-started': true,
  'round-clock-set': true,
  'round-limit-set': true,
  'round-ended': true,
  'every-table-asked': true,
  'screen-set': true,
  'poll-opened': true,
  'poll-answered': true,
  'poll-discussed': true,
  'poll-revealed': true,
  'poll-closed': true,
  'classroom-closed': true,
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
  const { entries, until, classroom: kept } = read(name);

  test('is replayed to the very same classroom, whatever else a classroom knows by now', () => {
    const { commands, ...classroom } = replay(entries, until);
    expect({ ...classroom, commands: [...commands] }).toMatchObject(kept);
    expect(classroom.version).toBe(entries.length);
  });

  test('is replayed in parts as in one piece', () => {
    for (let i = 1; i < entries.length; i++) {
      const part = replay(entries.slice(0, i), entries[i]!.at);
      expect(part.version).toBe(i);
    }
    expect(() => replay(entries.slice(1), until)).toThrow('classroom-opened');
  });
});
