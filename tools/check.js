/* Types, lint and format, side by side; prints what failed and only that. */
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (/** @type {string} */ path) => join(root, 'node_modules', path);

const TSC = bin('typescript/bin/tsc');

// What the client's types are made of; everything else can run beside everything else.
await step('messages', [join(import.meta.dirname, 'messages.js')]);

/** @type {[name: string, args: string[]][]} the longest first */
const steps = [
  ['lint', [bin('eslint/bin/eslint.js'), '--max-warnings=0', '.']],
  [
    'types: client',
    [
      bin('svelte-check/bin/svelte-check'),
      ...[
        '--workspace',
        'client',
        '--tsconfig',
        './tsconfig.json',
        '--fail-on-warnings',
        '--output',
        'human',
      ],
    ],
  ],
  ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.']],
  ['types: server', [TSC, '-p', 'server']],
  ['types: shared', [TSC, '-p', 'shared']],
  ['types: shared, tests', [TSC, '-p', 'shared/tsconfig.test.json']],
  ['types: e2e', [TSC, '-p', 'e2e']],
  ['types: tools', [TSC, '-p', 'tools']],
];

let failed = process.exitCode === 1;
const waiting = [...steps];
await Promise.all(
  Array.from({ length: Math.min(4, availableParallelism()) }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (!(await step(...next))) failed = true;
    }
  }),
);
process.exit(failed ? 1 : 0);

/**
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<boolean>} whether it passed
 */
function step(name, args) {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`${error ? '✗' : '✓'} ${name} (${seconds} s)`);
      if (error) {
        process.exitCode = 1;
        console.log(`${stdout}${stderr}`.trimEnd() || error.message);
      }
      resolve(!error);
    });
  });
}
