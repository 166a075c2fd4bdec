import { defineConfig } from '@playwright/test';
import lab from '../playwright.config.ts';

/** Not a test of the lab: `npm run gallery` takes its pictures by the same means. */
export default defineConfig(lab, {
  testDir: '.',
  testMatch: '*.gallery.ts',
  outputDir: '../results/gallery',
  timeout: 8 * 60_000,
  globalTimeout: 20 * 60_000,
  use: { trace: 'off', actionTimeout: 30_000 },
});
