import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause, quantile } from './loads.ts';
import { onServerCore } from './spawned.ts';

export interface Starting {
  /** With a new data folder, and with one that is there, ms until a connection is accepted. */
  readonly firstMs: number;
  readonly againMs: number;
}

/** From `node dist/server/main.js` until it listens. */
export async function starting(): Promise<Starting> {
  const first: number[] = [];
  const again: number[] = [];
  for (let i = 0; i < 5; i++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'lab-bench-'));
    first.push(await startOnce(dataDir));
    again.push(await startOnce(dataDir));
    rmSync(dataDir, { recursive: true, force: true });
  }
  return { firstMs: quantile(first, 0.5), againMs: quantile(again, 0.5) };
}

async function startOnce(dataDir: string): Promise<number> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = onServerCore('main.js', {
    env: { PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir, npm_lifecycle_event: '' },
    listens: true,
  });
  const greeted = new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    await pause(2);
  }
  const tookMs = performance.now() - startedAt;
  await greeted; // stopped earlier, it would still be at work
  child.kill('SIGTERM');
  await gone;
  return tookMs;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ host: '127.0.0.1', port });
    const say = (yes: boolean) => {
      probe.destroy();
      resolve(yes);
    };
    probe.once('connect', () => say(true));
    probe.once('error', () => say(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
