import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { addresses } from './addresses.ts';
import { buildApp } from './app.ts';
import { claimDataFolder } from './claim-data-folder.ts';
import { CONFIG_OPTIONS, readConfig, USAGE, type Config } from './config.ts';
import { openDataFolder } from './data-folder.ts';
import { listenProblem } from './listen-problem.ts';
import { readOptions, type Options } from './options.ts';
import { whenOrphaned } from './when-orphaned.ts';

/**
 * How long requests under way may take once a stop is asked for. Browsers also hold connections ready on
 * which they have sent nothing yet; those do not count as idle and would hold the stop up.
 */
const REQUESTS_WITHIN_MS = 1_000;

/** A stop that takes longer than this is cut short; whoever supervises the server would not wait longer. */
const STOP_WITHIN_MS = 9_000;

export interface Serving {
  /** What is built upon the app before it listens. */
  readonly prepare?: (app: FastifyInstance) => Promise<void>;
  /** What the terminal shows once it does; `urls`, the likeliest first, is never empty. */
  readonly greet: (app: FastifyInstance, urls: readonly string[]) => Promise<string>;
  /** Once nothing is open any more. */
  readonly afterwards?: () => void;
}

/** The options of this process. Prints the usage, or what is wrong with them, and exits. */
export function optionsOrExit(names: readonly string[] = CONFIG_OPTIONS, usage = USAGE): Options {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  const options = readOptions(args, names);
  return options.ok ? options.value : giveUp(options.error);
}

/** The settings of this process. Prints what is wrong with them, and exits. */
export function configOrExit(options: Options): Config {
  const read = readConfig(process.env, options);
  return read.ok ? read.value : giveUp(read.error);
}

/** Runs the lab as this process until a signal ends both. */
export async function serve(config: Config, { prepare, greet, afterwards }: Serving): Promise<void> {
  // The folder may have been there before, for anybody to read; what the lab writes into it is for its owner
  // alone.
  if (process.platform !== 'win32') process.umask(0o077);
  const folder = openDataFolder(config.dataDir);
  if (!folder.ok) giveUp(folder.error);
  const claimed = await claimDataFolder(config.dataDir);
  if (!claimed.ok) giveUp(claimed.error);
  const close = async (): Promise<void> => {
    await app.close();
    claimed.value();
    afterwards?.();
  };

  const app = await build(config);
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => app.server.closeAllConnections(), REQUESTS_WITHIN_MS).unref();
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    await close();
    process.exit(0);
  };

  // Before listening: a signal that comes early must not find the default, which drops what is being written.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
  if (['start', 'demo'].includes(process.env['npm_lifecycle_event'] ?? '')) whenOrphaned(() => void stop());

  try {
    await prepare?.(app);
    await app.listen({ host: config.host, port: config.port });
    const { port } = app.server.address() as AddressInfo;
    const urls = addresses(config, port, networkInterfaces());
    // For commands that print links while the server runs: see lab/reset-admin.ts.
    await app.store.settings.set('url', urls[0] ?? '');
    const greeting = await greet(app, urls);
    if (!stopping) console.log(greeting);
  } catch (error) {
    // Closed under what was being done: the stop ends the process.
    if (stopping) return;
    const problem = listenProblem(error, config);
    if (problem === null) throw error;
    await close();
    giveUp(problem);
  }
}

async function build(config: Config): Promise<FastifyInstance> {
  try {
    return await buildApp(config, {
      client: { dir: join(import.meta.dirname, '../client') },
      onlost: stopForGood,
    });
  } catch (fault) {
    if (['debug', 'trace'].includes(config.logLevel)) throw fault;
    return giveUp(
      `Handshake Lab cannot start: ${fault instanceof Error ? fault.message : String(fault)} (LOG_LEVEL=debug tells more)`,
    );
  }
}

/** A supervisor starts the lab again; what was acknowledged is on the disk. */
function stopForGood({ message }: Error): never {
  return giveUp(`Handshake Lab stops, for ${message}. Start it again: nothing that was accepted is lost.`);
}

function giveUp(line: string): never {
  console.error(line);
  process.exit(1);
}
