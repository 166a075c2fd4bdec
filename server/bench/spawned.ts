import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Usage, UsageRequest } from './measured.ts';

/**
 * The server has a core of its own, its threads included; the load another. On one core, or without taskset,
 * they share.
 */
const SERVER_CORE = '0';
const LOAD_CORE = '1';

/** What `npm start` gives to Node, and for once something else: BENCH_NODE_ARGS="--cpu-prof". */
const NODE_ARGS = [...argsOfStart(), ...words(process.env['BENCH_NODE_ARGS'] ?? '')];

export const PINNED =
  availableParallelism() > 1 && spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;

function argsOfStart(): string[] {
  const file = join(import.meta.dirname, '..', '..', 'package.json');
  const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { scripts: { start: string } };
  return words(scripts.start).filter((word) => word.startsWith('--'));
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

export function pinToLoadCore(): void {
  if (PINNED) spawnSync('taskset', ['-apc', LOAD_CORE, String(process.pid)], { stdio: 'ignore' });
}

/** A process on the server's core; `file` is one of the build's. */
export function onServerCore(
  file: string,
  { nodeArgs = [], args = [], env = {}, ipc = false, listens = false }: SpawnOptions,
): ChildProcess {
  const node = [...nodeArgs, join(import.meta.dirname, file), ...args];
  const [command, commandArgs] = PINNED
    ? ['taskset', ['-c', SERVER_CORE, process.execPath, ...node]]
    : [process.execPath, node];
  return spawn(command, commandArgs, {
    env: { ...process.env, ...env },
    stdio: ['ignore', listens ? 'pipe' : 'ignore', 'inherit', ...(ipc ? (['ipc'] as const) : [])],
  });
}

interface SpawnOptions {
  readonly nodeArgs?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly ipc?: boolean;
  /** Somebody listens to what it prints. */
  readonly listens?: boolean;
}

/** A measured server, in a process of its own. */
export class Spawned<Ready> {
  readonly ready: Ready;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, ready: Ready) {
    this.#process = child;
    this.ready = ready;
  }

  static async start<Ready>(
    file: string,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Spawned<Ready>> {
    const nodeArgs = ['--expose-gc', ...NODE_ARGS];
    const child = onServerCore(file, { nodeArgs, args, env, ipc: true });
    return new Spawned(child, await message<Ready>(child));
  }

  usage(collect = false): Promise<Usage> {
    const request: UsageRequest = { ask: 'usage', collect };
    this.#process.send(request);
    return message<Usage>(this.#process);
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.disconnect();
    await gone;
  }
}

function message<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`a measured server ended with ${code}`));
    child.once('exit', onExit);
    child.once('message', (value) => {
      child.off('exit', onExit);
      resolve(value as T);
    });
  });
}
