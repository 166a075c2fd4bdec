import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimDataFolder } from './claim-data-folder.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lab-claim-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

async function claim(): Promise<() => void> {
  const claimed = await claimDataFolder(dir);
  if (!claimed.ok) throw new Error(claimed.error);
  return claimed.value;
}

test('a folder is one lab’s at a time, and whoever comes meanwhile is told in one line', async () => {
  const release = await claim();
  expect(await claimDataFolder(dir, () => {}, 0)).toEqual({
    ok: false,
    error: `The data folder ${dir} is used by a lab that is running. Stop that one, or choose another folder with --data FOLDER or DATA_DIR.`,
  });
  release();
  (await claim())();
});

test('a folder where nothing can be locked is told in one line', async () => {
  mkdirSync(join(dir, 'lab.lock'));
  const claimed = await claimDataFolder(dir);
  expect(claimed.ok ? '' : claimed.error).toMatch(
    /lab\.lock cannot be locked \(.+\): choose another folder [^\n]+$/,
  );
});

test('a lab that is started while the one before it still stops waits for it, and says so', async () => {
  const release = await claim();
  const said: string[] = [];
  const next = claimDataFolder(dir, (line) => said.push(line));
  expect(said).toEqual([`The data folder ${dir} is used by another lab. Waiting for that one to stop …`]);
  release();
  const claimed = await next;
  expect(claimed.ok).toBe(true);
  if (claimed.ok) claimed.value();
  expect(said).toHaveLength(1);
});
