import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecret } from '../secrets/tokens.ts';
import type { Options } from '../options.ts';
import { configOrExit, optionsOrExit, serve } from '../serve.ts';
import { terminalQrCode } from '../terminal-qr-code.ts';
import { doorFor } from './door.ts';
import { DEMO_TABLES, openDemoClass, type DemoClass } from './demo-class.ts';

/* `npm run demo`: a class that is under way, to be looked at and joined. Nothing of it is kept. */

const USAGE = `Usage: npm run demo -- [options]

  --tables NUMBER how many tables are played, 1 to 200 (12)
  --port NUMBER   the port to listen on (PORT, 3000)
  --host ADDRESS  the address to listen on (HOST, 0.0.0.0: every network of this machine)
  --help          this text`;

/** As large a class as the lab is made for. */
const MOST_TABLES = 200;

const scratch = mkdtempSync(join(tmpdir(), 'handshake-lab-demo-'));
const forget = () => rmSync(scratch, { recursive: true, force: true });
process.once('exit', forget);

const options = optionsOrExit(['tables', 'port', 'host'], USAGE);
const tables = tablesOf(options);
const config = configOrExit(options);
const ticket = newSecret();
let demo: DemoClass | null = null;

await serve(
  { ...config, dataDir: scratch },
  {
    async prepare(app) {
      const { owner } = await doorFor(app, config.basePath, ticket, () => demo?.classroomId ?? '');
      demo = await openDemoClass(app, owner, tables);
    },
    greet: async (_app, [url = '']) => greeting(url, demo?.joinUrl(url) ?? url, demo?.code ?? ''),
    afterwards: forget,
  },
);

async function greeting(url: string, joinUrl: string, code: string): Promise<string> {
  return [
    '',
    `Handshake Lab: a class of ${tables} tables, played by bots. Nothing of it is kept.`,
    '',
    `  Instructor  ${url}/demo/${ticket}`,
    `  Students    ${url}/join/${code}`,
    `  Code        ${code}`,
    '',
    await terminalQrCode(joinUrl),
    '',
    '  Whoever joins takes a bot’s seat. Ctrl+C stops the lab.',
    '',
  ].join('\n');
}

/** How many tables are played. */
function tablesOf(options: Options): number {
  const value = options.get('tables') ?? String(DEMO_TABLES);
  const tables = Number(value);
  if (/^\d+$/.test(value) && tables >= 1 && tables <= MOST_TABLES) return tables;
  console.error(`--tables must be a number from 1 to ${MOST_TABLES}, not "${value}".`);
  process.exit(1);
}
