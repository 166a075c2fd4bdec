/*
 * Runs the unit and property tests, then the browser tests, and closes with one line that sums up both:
 * `N passed, N failed`. A runner that breaks down before it can count is one failure.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.js';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** Settings of the lab, and of whoever runs it. */
const OWN = ['NODE_ENV', 'PORT', 'HOST', 'DATA_DIR', 'BASE_PATH', 'PUBLIC_URL', 'LOG_LEVEL', 'TRUST_PROXY'];

const root = join(import.meta.dirname, '..');
const bin = (/** @type {string} */ path) => join(root, 'node_modules', path);
const reports = join(root, 'dist', 'test');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const all = [unitTests(), browserTests()];
const sum = (/** @type {keyof Counts} */ key) => all.reduce((total, counts) => total + counts[key], 0);

// A test that does not run shows nothing, so it does not pass.
if (sum('skipped') > 0) console.log(`\n${sum('skipped')} tests were skipped; each counts as failed.`);
const failed = sum('failed') + sum('skipped');
console.log(`\n${sum('passed')} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** @returns {Counts} */
function unitTests() {
  const file = join(reports, 'unit.json');
  const status = run(
    [bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    {},
  );
  return counted(status, () => {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    // A file that cannot even be loaded has no tests to count.
    const broken = report.testResults.filter(
      (
        /** @type {{ status: string, assertionResults: { status: string }[] }} */ {
          status,
          assertionResults,
        },
      ) => status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
    );
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  });
}

/** @returns {Counts} */
function browserTests() {
  const file = join(reports, 'browser.json');
  let browser;
  try {
    browser = ensureBrowser();
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  console.log(`\nBrowser tests with ${browser}`);
  const status = run(
    [bin('@playwright/test/cli.js'), 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
    { BROWSER_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  );
  return counted(status, () => {
    const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + (stats.unexpected === 0 ? errors.length : 0),
      skipped: stats.skipped,
    };
  });
}

/** @type {(status: number | null, read: () => Counts) => Counts} */
function counted(status, read) {
  try {
    const counts = read();
    return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** @type {(args: string[], env: NodeJS.ProcessEnv) => number | null} */
function run(args, env) {
  // The lab's own settings would change what is tested.
  const without = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN.includes(name)));
  return spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...without, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  }).status;
}
