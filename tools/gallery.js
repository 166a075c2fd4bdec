/*
 * Plays classes on the built lab and leaves a picture of every screen in gallery/. Fails if a page logs an
 * error, asks another origin for anything, or is wider than its window.
 *
 * `--only end-table,debrief` takes only the pictures whose names begin so, and leaves the others as they are.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.js';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'gallery');
const args = process.argv.slice(2);
const at = args.indexOf('--only');
const [, only = ''] = at < 0 ? [] : args.splice(at, 2);
if (only === '') rmSync(folder, { recursive: true, force: true });

const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/@playwright/test/cli.js'),
    ...['test', '--config', 'e2e/gallery/playwright.config.ts', '--reporter=line'],
    ...args,
  ],
  {
    cwd: root,
    env: { ...process.env, BROWSER_PATH: ensureBrowser(), GALLERY_ONLY: only },
    stdio: 'inherit',
  },
);
if (status === 0) console.log(`${readdirSync(folder).length} pictures are in ${folder}`);
process.exit(status ?? 1);
