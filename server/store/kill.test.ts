import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from './open-store.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lab-kill-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const WRITER = `
  const { runnerImport } = await import(${JSON.stringify(import.meta.resolve('vite'))});
  await runnerImport(${JSON.stringify(join(import.meta.dirname, 'kill.testing.ts'))}, { configFile: false, logLevel: 'error' });
`;

/**
 * Runs the writer on `file`, kills it once it has acknowledged `acks` appends; the last version acknowledged
 * per stream.
 */
async function writeAndKill(file: string, acks: number): Promise<Map<string, number>> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER], {
    env: { ...process.env, LAB_KILL_FILE: file },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged = new Map<string, number>();
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [stream = '', version] = line.split(' ');
    acknowledged.set(stream, Number(version));
    if (++seen === acks) child.kill('SIGKILL');
  }
  expect(
    child.signalCode ?? (await new Promise((done) => child.once('exit', (_, signal) => done(signal)))),
  ).toBe('SIGKILL');
  return acknowledged;
}

test('a process killed in the middle of writing has lost nothing that it acknowledged', async () => {
  const file = join(dir, 'lab.sqlite');
  for (const acks of [1, 400, 5000]) {
    const acknowledged = await writeAndKill(file, acks);
    const store = await openStore(file);
    for (const [stream, version] of acknowledged) {
      const kept = await store.classrooms.read(stream);
      expect(kept.length).toBeGreaterThanOrEqual(version);
      expect(kept.map(({ at }) => at)).toEqual(kept.map((_, i) => i)); // nothing doubled, nothing torn
    }
    expect(acknowledged.size).toBeGreaterThan(0);
    await store.close();
  }
}, 30_000);
