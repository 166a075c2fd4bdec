import { defineConfig } from '@playwright/test';
import { findBrowser } from '../tools/browser.js';

const executablePath = findBrowser();
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  // A test is a whole class of browsers, so two at a time fill a small machine.
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // Only a test that hangs is to run into it: a whole class of browsers on a busy machine takes its time.
  timeout: 180_000,
  globalTimeout: 12 * 60_000,
  expect: { timeout: 20_000 },
  use: {
    locale: 'en-US',
    actionTimeout: 20_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        // Chromium refuses its sandbox to root, which is who runs in most containers.
        ...(isRoot ? ['--no-sandbox'] : []),
        // A name for this machine that is not localhost, and none for any other: the lab works without the
        // Internet.
        '--host-resolver-rules=MAP lab.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
        // The browser's own calls home are not the lab's.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
