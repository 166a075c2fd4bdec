import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { addresses } from './addresses.ts';
import { buildApp } from './app.ts';
import { banner } from './banner.ts';
import { readConfig, USAGE } from './config.ts';
import { openDataFolder } from './data-folder.ts';
import { listenProblem } from './listen-problem.ts';
import { whenOrphaned } from './when-orphaned.ts';

/**
 * How long requests under way may take once a stop is asked for. Browsers also hold connections ready on which they
 * have sent nothing yet; those do not count as idle and would hold the stop up.
 */
const REQUESTS_WITHIN_MS = 1_000;

/** A stop that takes longer than this is cut short; whoever supervises the server would not wait longer. */
const STOP_WITHIN_MS = 9_000;

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(USAGE);
  process.exit(0);
}

const read = readConfig(process.env, args);
if (!read.ok) giveUp(read.error);
const config = read.value;

const folder = openDataFolder(config.dataDir);
if (!folder.ok) giveUp(folder.error);

const app = await build();
let stopping = false;

// Before listening: a signal that comes early must not find the default, which drops what is being written.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
if (process.env['npm_lifecycle_event'] === 'start') whenOrphaned(() => void stop());

try {
  await app.listen({ host: config.host, port: config.port });
} catch (error) {
  const problem = listenProblem(error, config);
  if (problem === null) throw error;
  await app.close();
  giveUp(problem);
}

const { port } = app.server.address() as AddressInfo;
const urls = addresses(config, port, networkInterfaces());
// For commands that print links while the server runs: see lab/reset-admin.ts.
await app.store.settings.set('url', urls[0] ?? '');
const link = await app.instructorLink();
console.log(await banner({ urls, instructorUrl: link && new URL(link, `${urls[0]}/`).href }));

async function build(): Promise<FastifyInstance> {
  try {
    return await buildApp(config, { client: { dir: join(import.meta.dirname, '../client') } });
  } catch (fault) {
    if (['debug', 'trace'].includes(config.logLevel)) throw fault;
    return giveUp(
      `Handshake Lab cannot start: ${fault instanceof Error ? fault.message : String(fault)} (LOG_LEVEL=debug tells more)`,
    );
  }
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => app.server.closeAllConnections(), REQUESTS_WITHIN_MS).unref();
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await app.close();
  process.exit(0);
}

function giveUp(line: string): never {
  console.error(line);
  process.exit(1);
}
