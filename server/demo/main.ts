import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toString as qrCode } from 'qrcode';
import { newSecret } from '../secrets/tokens.ts';
import { configOrExit, serve } from '../serve.ts';
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

const { tables, others } = tablesOf(process.argv.slice(2));
const config = configOrExit(process.env, others, USAGE);
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
    ...(await qrCode(joinUrl, { type: 'utf8', margin: 2 }))
      .split('\n')
      .map((line) => `  \u001b[30;107m${line}\u001b[0m`),
    '',
    '  Whoever joins takes a bot’s seat. Ctrl+C stops the lab.',
    '',
  ].join('\n');
}

/** This command's own option, and those that it shares with `npm start`. */
function tablesOf(args: readonly string[]): { tables: number; others: readonly string[] } {
  const at = args.findIndex((arg) => /^--tables(=|$)/.test(arg));
  if (at < 0) return { tables: DEMO_TABLES, others: args };
  const [, inline] = (args[at] ?? '').split('=');
  const value = inline ?? args[at + 1] ?? '';
  const tables = Number(value);
  if (!/^\d+$/.test(value) || tables < 1 || tables > MOST_TABLES) {
    console.error(`--tables must be a number from 1 to ${MOST_TABLES}, not "${value}".`);
    process.exit(1);
  }
  return { tables, others: args.toSpliced(at, inline === undefined ? 2 : 1) };
}
