/*
 * Plays a class on the built lab and leaves a picture of every screen in gallery/. Fails if a page logs an error, asks
 * another origin for anything, or is wider than its window.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.js';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'gallery');
rmSync(folder, { recursive: true, force: true });

const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/@playwright/test/cli.js'),
    ...['test', '--config', 'e2e/gallery/playwright.config.ts', '--reporter=line'],
    ...process.argv.slice(2),
  ],
  { cwd: root, env: { ...process.env, BROWSER_PATH: ensureBrowser() }, stdio: 'inherit' },
);
if (status === 0) console.log(`${readdirSync(folder).length} pictures are in ${folder}`);
process.exit(status ?? 1);
