import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toString as qrCode } from 'qrcode';
import { newSecret } from '../secrets/tokens.ts';
import { configOrExit, serve } from '../serve.ts';
import { doorFor } from './door.ts';
import { openDemoClass, type DemoClass } from './demo-class.ts';

/* `npm run demo`: a class that is under way, to be looked at and joined. Nothing of it is kept. */

const USAGE = `Usage: npm run demo -- [options]

  --port NUMBER   the port to listen on (PORT, 3000)
  --host ADDRESS  the address to listen on (HOST, 0.0.0.0: every network of this machine)
  --help          this text`;

const scratch = mkdtempSync(join(tmpdir(), 'handshake-lab-demo-'));
const forget = () => rmSync(scratch, { recursive: true, force: true });
process.once('exit', forget);

const config = configOrExit(process.env, process.argv.slice(2), USAGE);
const ticket = newSecret();
let demo: DemoClass | null = null;

await serve(
  { ...config, dataDir: scratch },
  {
    async prepare(app) {
      const { owner } = await doorFor(app, config.basePath, ticket, () => demo?.classroomId ?? '');
      demo = await openDemoClass(app, owner);
    },
    greet: async (_app, [url = '']) => greeting(url, demo?.joinUrl(url) ?? url, demo?.code ?? ''),
    afterwards: forget,
  },
);

async function greeting(url: string, joinUrl: string, code: string): Promise<string> {
  return [
    '',
    'Handshake Lab: a class of twelve tables, played by bots. Nothing of it is kept.',
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
