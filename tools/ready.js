/*
 * Makes a clone ready to run: installs the packages and builds, each only when something it depends on has
 * changed. Uses nothing but Node's own modules, since it runs before anything is installed.
 *
 *   node tools/ready.js            packages and build
 *   node tools/ready.js --install  packages only
 *
 * Everything it says goes to stderr: `npm run lab` owns stdout, and stdin is not touched.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (/** @type {string[]} */ ...path) => join(root, ...path);

/** Vite asks for the same: between these, Node could not load it. */
const NODE = [
  [20, 19],
  [22, 12],
];

requireNode();
installPackages();
if (!process.argv.includes('--install')) build();

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNewer = major > Math.max(...NODE.map(([lowest = 0]) => lowest));
  if (isNewer || NODE.some(([line, lowest = 0]) => major === line && minor >= lowest)) return;
  fail(
    `Handshake Lab needs Node.js 20.19 or later, from 22 on 22.12 or later; this is ${process.versions.node}.`,
  );
}

function installPackages() {
  const stamp = at('node_modules', '.ready');
  const platform = `${process.version} ${process.platform} ${process.arch}`;
  const wanted = `${platform}\n${hash([readFileSync(at('package-lock.json'))])}\n`;
  const found = read(stamp);
  if (found === wanted) return;
  // Somebody may have run `npm install` by hand, as people do: that is as good as doing it here. But packages
  // that were compiled for another Node or another system are none.
  const foreign = found !== null && !found.startsWith(`${platform}\n`);
  if (foreign || !isInstalled()) {
    say('Installing packages (the first time this takes up to a minute) …');
    npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  }
  writeFileSync(stamp, wanted);
}

/** Whether npm's own record of node_modules names every package of the lock file that is not optional. */
function isInstalled() {
  const record = read(at('node_modules', '.package-lock.json'));
  if (record === null) return false;
  /**
   * @typedef {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean }> }}
   * Lock
   */
  const has = /** @type {Lock} */ (JSON.parse(record)).packages;
  const needs = /** @type {Lock} */ (JSON.parse(readFileSync(at('package-lock.json'), 'utf8'))).packages;
  return Object.entries(needs).every(
    ([path, { version, integrity, optional }]) =>
      path === '' || optional || (has[path]?.version === version && has[path]?.integrity === integrity),
  );
}

function build() {
  const stamp = at('dist', '.ready');
  const wanted = hash(
    ['package.json', 'package-lock.json', 'tsconfig.json', 'tools/build.js', ...sources()].flatMap((path) => [
      path,
      readFileSync(at(path)),
    ]),
  );
  if (read(stamp) === wanted && existsSync(at('dist', 'server', 'main.js'))) return;
  say('Building …');
  rmSync(stamp, { force: true });
  run(process.execPath, [at('tools', 'build.js')], {});
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** What the build reads, in a fixed order. */
function sources() {
  return ['client', 'server', 'shared'].flatMap((folder) =>
    readdirSync(at(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .filter((path) => !path.startsWith('client/paraglide/'))
      .filter((path) => !path.startsWith('client/project.inlang/') || path.endsWith('settings.json'))
      .filter((path) => !path.endsWith('.test.ts'))
      .sort(),
  );
}

/** npm itself, by the very file that runs this script, so that no shell and no PATH is needed. */
function npm(/** @type {string[]} */ args) {
  const cli = process.env.npm_execpath;
  // A production environment must not keep the build tools out, and npm hands its settings down by these
  // names.
  const without = { NODE_ENV: undefined, npm_config_omit: undefined, npm_config_production: undefined };
  if (cli && /\.[cm]?js$/.test(cli)) run(process.execPath, [cli, ...args], without);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, without, process.platform === 'win32');
}

/** @type {(command: string, args: string[], env: NodeJS.ProcessEnv, shell?: boolean) => void} */
function run(command, args, env, shell = false) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    shell,
    stdio: ['ignore', 2, 2],
  });
  if (error) fail(`${command} could not be run: ${error.message}`);
  if (status !== 0) fail(`"${[command, ...args].join(' ')}" failed; the reason stands above.`);
}

function hash(/** @type {(string | Buffer)[]} */ parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex');
}

function read(/** @type {string} */ path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function say(/** @type {string} */ line) {
  process.stderr.write(`${line}\n`);
}

/** @returns {never} */
function fail(/** @type {string} */ line) {
  say(line);
  process.exit(1);
}
