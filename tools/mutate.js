/*
 * npm run mutate [-- --mutate shared/tcp/seq.ts …]
 *
 * Mutation testing, with whatever options StrykerJS takes. It has a folder of packages of its own, which the
 * first run installs; the report is dist/mutation/report.html. What is known of a mutant is kept there until
 * its code or a test that reaches it changes. Of code that is evaluated on import nobody knows which tests
 * those are: --force tests all anew.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'tools', 'mutation');
const stryker = join(folder, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');

if (!existsSync(stryker)) {
  const cli = process.env.npm_execpath ?? '';
  run([cli, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], folder);
}
run([stryker, 'run', 'tools/mutation/stryker.config.js', ...process.argv.slice(2)], root);

/** @type {(args: string[], cwd: string) => void} */
function run(args, cwd) {
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
