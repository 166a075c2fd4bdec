import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { CONFIG_OPTIONS, readConfig } from './config.ts';
import { readOptions } from './options.ts';

function read(env: Record<string, string>, args: readonly string[]) {
  const options = readOptions(args, CONFIG_OPTIONS);
  return options.ok ? readConfig(env, options.value) : options;
}

function accepted(env: Record<string, string>, ...args: string[]) {
  const config = read(env, args);
  if (!config.ok) throw new Error(config.error);
  return config.value;
}

function refused(env: Record<string, string>, ...args: string[]) {
  const config = read(env, args);
  return config.ok ? null : config.error;
}

test('without any setting the lab listens on port 3000 of every network', () => {
  expect(accepted({})).toEqual({
    host: '0.0.0.0',
    port: 3000,
    dataDir: resolve('data'),
    basePath: '',
    publicUrl: null,
    logLevel: 'warn',
    trustProxy: [],
  });
});

test('an empty variable counts as absent', () => {
  expect(accepted({ PORT: '', PUBLIC_URL: ' ', LOG_LEVEL: '', HOST: '' })).toEqual(accepted({}));
});

test('an option wins over its variable, in either spelling', () => {
  expect(
    accepted({ PORT: '4000', HOST: '::1' }, '--port', '5000', '--host=127.0.0.1', '--data', '/srv/lab'),
  ).toMatchObject({ port: 5000, host: '127.0.0.1', dataDir: '/srv/lab' });
});

test('the base path is part of the public address, said once or twice', () => {
  expect(accepted({ BASE_PATH: '/lab/' }).basePath).toBe('/lab');
  for (const PUBLIC_URL of [
    'https://school.example',
    'https://school.example/',
    'https://school.example/lab/',
  ]) {
    expect(accepted({ PUBLIC_URL, BASE_PATH: '/lab' }).publicUrl).toBe('https://school.example/lab');
  }
  expect(refused({ PUBLIC_URL: 'https://school.example/tcp', BASE_PATH: '/lab' })).toContain('BASE_PATH');
});

test('trusted proxies are addresses, ranges or names of ranges', () => {
  expect(accepted({ TRUST_PROXY: 'loopback, 10.0.0.0/8 fd00::/8' }).trustProxy).toEqual([
    'loopback',
    '10.0.0.0/8',
    'fd00::/8',
  ]);
});

test.each([
  ['PORT', 'http'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['HOST', 'not a host'],
  ['HOST', 'fe80::1%eth0'],
  ['HOST', 'http://localhost'],
  ['BASE_PATH', 'lab'],
  ['BASE_PATH', '/lab"><script>'],
  ['BASE_PATH', '/a/../b'],
  ['PUBLIC_URL', 'lab.example.org'],
  ['PUBLIC_URL', 'ftp://lab.example.org'],
  ['PUBLIC_URL', 'https://me:secret@lab.example.org'],
  ['LOG_LEVEL', 'loud'],
  ['TRUST_PROXY', 'true'],
  ['TRUST_PROXY', '10.0.0.0/33'],
])('%s=%s is refused in one line that names the variable', (variable, value) => {
  const line = refused({ [variable]: value });
  expect(line).toContain(variable);
  expect(line).not.toContain('\n');
});

test('a wrong option is refused by the name it was typed with', () => {
  expect(refused({}, '--prot', '4000')).toBe(
    'Unknown option "--prot". The options are --port, --host, --data and --help.',
  );
  expect(refused({}, '4000')).toContain('"4000"');
  expect(refused({}, '--port')).toBe('--port needs a value.');
  expect(refused({}, '--port', 'x')).toBe('--port must be a port number from 0 to 65535, not "x".');
  expect(refused({}, '--constructor', 'x')).toContain('Unknown option');
});
