/* Finds a Chromium for the browser tests, and fetches one where there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
];

/** Where installers put it without telling PATH. */
const PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * BROWSER_PATH, else Playwright's own, else one of the system's.
 *
 * @returns {string | null} the executable
 */
export function findBrowser() {
  const wanted = process.env.BROWSER_PATH;
  if (wanted) {
    if (existsSync(wanted)) return wanted;
    throw new Error(`BROWSER_PATH is ${wanted}, but there is no such file.`);
  }
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((dir) => NAMES.map((name) => join(dir, name)));
  const places = PLACES[/** @type {keyof typeof PLACES} */ (process.platform)] ?? [];
  const found = [chromium.executablePath(), ...onPath, ...places].find(
    (path) => path !== '' && existsSync(path) && runs(path),
  );
  return found ?? null;
}

/**
 * Like findBrowser, and installs one if it must: Playwright's, or Debian's where Playwright's cannot be
 * fetched or lacks libraries and this user may install packages.
 *
 * @returns {string}
 */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;

  console.log('No Chromium here: fetching the one Playwright offers …');
  const playwright = join(import.meta.dirname, '../node_modules/@playwright/test/cli.js');
  run(process.execPath, [playwright, 'install', 'chromium'], 240_000);
  const fetched = findBrowser();
  if (fetched) return fetched;

  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium from the distribution …');
    run('apt-get', ['update', '-qq'], 120_000);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], 300_000);
    const installed = findBrowser();
    if (installed) return installed;
  }
  throw new Error(
    'There is no Chromium to test with. Install Chromium or Chrome, or set BROWSER_PATH to one.',
  );
}

/** @type {Map<string, boolean>} */
const tried = new Map();

/** A browser may be there and still not start, for want of a library or, on Ubuntu, of its snap. */
function runs(/** @type {string} */ path) {
  // Chrome on Windows and macOS opens a window when asked for its version.
  if (process.platform !== 'linux') return true;
  const known =
    tried.get(path) ?? spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
  tried.set(path, known);
  return known;
}

/**
 * @type {(command: string, args: string[], timeout: number) => void} what came of it shows in what is then
 * found
 */
function run(command, args, timeout) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout, env });
  if (error) console.error(`${command}: ${error.message}`);
}
