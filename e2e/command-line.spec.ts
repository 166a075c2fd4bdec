import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const dist = (file: string) => join(import.meta.dirname, '../dist/server', file);

/** Runs a built command to its end. */
async function run(file: string, args: readonly string[], { input = '', env = {} } = {}) {
  const child = spawn(process.execPath, [dist(file), ...args], { env: { ...process.env, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  child.stdin.on('error', () => {}).end(input);
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, stdout, stderr };
}

for (const [what, args, env, line] of [
  ['an unknown option', ['--prot', '1'], {}, 'Unknown option "--prot".'],
  ['a setting of no use', [], { LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of'],
  ['a data folder that is a file', ['--data', dist('main.js')], {}, 'The data folder'],
] as const) {
  test(`${what} ends the start with one line`, async () => {
    const { status, stdout, stderr } = await run('main.js', args, { env });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
}

test('the lab command without a command it knows shows how it is used, with status 2', async () => {
  for (const args of [[], ['judgement'], ['check'], ['judge', 'file']]) {
    const { status, stdout, stderr } = await run('lab.js', args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage:');
  }
});

test('who asks the lab command for help is answered', async () => {
  for (const args of [['--help'], ['check', '--help'], ['reset-admin', '--help']]) {
    const { status, stdout, stderr } = await run('lab.js', args);
    expect(status).toBe(0);
    expect(stdout).toContain('Usage:');
    expect(stderr).toBe('');
  }
});

test('lab check says in one line that a file cannot be read, with status 2', async () => {
  const { status, stdout, stderr } = await run('lab.js', ['check', 'no-such-file.pcap']);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('lab judge answers line for line, to the last, before it ends', async () => {
  const cases = 20_000;
  const { status, stdout } = await run('lab.js', ['judge'], { input: '{"id":"none"}\n'.repeat(cases) });
  expect(status).toBe(2); // none of them is a situation
  expect(stdout.trimEnd().split('\n')).toHaveLength(cases);
});

test('a reader that goes away is no reason to complain', async () => {
  const child = spawn(process.execPath, [dist('lab.js'), 'judge']);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  child.stdin.on('error', () => {}).write('{"id":"none"}\n'.repeat(100_000));
  child.stdout.once('data', () => child.stdout.destroy());
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
