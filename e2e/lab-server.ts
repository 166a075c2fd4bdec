import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAMS = join(import.meta.dirname, '../dist/server');
const DEV = join(import.meta.dirname, '../tools/dev.js');

interface Options {
  /** Started again on the same folder, a server goes on where the last one stopped. */
  readonly dataDir?: string;
  /** 0 takes a free one; a server that is started again wants the port it had. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Not an empty lab but the demonstration, with so many tables of bots. */
  readonly demo?: number;
  /** Not what is built but the sources, as `npm run dev` serves them. */
  readonly sources?: boolean;
}

export interface LabServer {
  /** Where browsers find the lab, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** The one-use link of a first start, or null. */
  readonly instructorUrl: string | null;
  /** Everything it has written so far. */
  readonly output: () => string;
  /** SIGTERM, and its exit status. */
  readonly stop: () => Promise<number | null>;
  /** SIGKILL: no chance to write anything more. */
  readonly kill: () => Promise<void>;
  /** Stops it, if it still runs, and deletes its data. */
  readonly dispose: () => Promise<void>;
}

/** The built server in a process of its own, on this machine only, once it listens. */
export async function startLabServer({
  dataDir,
  port = 0,
  env = {},
  demo,
  sources = false,
}: Options = {}): Promise<LabServer> {
  const data = dataDir ?? (await mkdtemp(join(tmpdir(), 'handshake-lab-')));
  // The demonstration has a folder of its own.
  const own = demo === undefined ? ['--data', data] : ['--tables', String(demo)];
  const program = sources ? DEV : join(PROGRAMS, demo === undefined ? 'main.js' : 'demo.js');
  const child = spawn(process.execPath, [program, ...own, '--host', '127.0.0.1', '--port', String(port)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));

  const listening = new Promise<void>((resolve) => {
    const collect = (chunk: string) => {
      output += chunk;
      if (output.includes('Ctrl+C stops the lab.')) resolve();
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
  });
  const failure = exited.then((status) => {
    throw new Error(`The server stopped with status ${status} before it listened:\n${output}`);
  });
  await Promise.race([listening, failure]);
  failure.catch(() => {}); // stopping later is no failure

  const instructorUrl = /^ {2}Instructor\s+(\S+)$/m.exec(output)?.[1] ?? null;
  const url = /^ {2}Open\s+(\S+)$/m.exec(output)?.[1] ?? new URL(instructorUrl ?? '').origin;
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return exited;
  };
  return {
    url,
    port: Number(new URL(url).port),
    dataDir: data,
    instructorUrl,
    output: () => output,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
    dispose: async () => {
      await end('SIGTERM');
      await rm(data, { recursive: true, force: true });
    },
  };
}
