import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataFolder } from './data-folder.ts';

let scratch: string;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'handshake-lab-'));
});

afterEach(() => {
  rmSync(scratch, { recursive: true });
});

test('a new data folder belongs to its owner alone, and is left empty', () => {
  const dir = join(scratch, 'deep', 'data');
  expect(openDataFolder(dir)).toEqual({ ok: true, value: null });
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  expect(readdirSync(dir)).toEqual([]);
  expect(openDataFolder(dir).ok).toBe(true);
});

test('a database of before, which anybody may read, is so no more; its group may do what it may', () => {
  const file = join(scratch, 'lab.sqlite');
  writeFileSync(file, '');
  chmodSync(file, 0o644);
  expect(openDataFolder(scratch).ok).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test('a folder that cannot be written is refused in one line that says what to do', () => {
  const file = join(scratch, 'file');
  writeFileSync(file, '');
  for (const [dir, reason] of [
    [file, 'there is a file of that name'],
    [join(file, 'data'), 'part of the path is a file'],
  ] as const) {
    const opened = openDataFolder(dir);
    expect(opened).toEqual({
      ok: false,
      error: `The data folder ${dir} cannot be written (${reason}). Choose another one with --data FOLDER or DATA_DIR.`,
    });
  }
});
