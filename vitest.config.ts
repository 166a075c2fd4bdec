import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// Only a test that hangs is to run into this, however busy the machine: speed is the bench's business.
const testTimeout = 60_000;

export default defineConfig({
  test: {
    projects: [
      {
        // Pure functions leave nothing behind, so their files may share one module graph: much faster.
        test: {
          name: 'shared',
          include: ['shared/**/*.test.ts'],
          pool: 'threads',
          isolate: false,
          testTimeout,
        },
      },
      {
        test: {
          name: 'server',
          include: ['server/**/*.test.ts', 'tools/**/*.test.ts'],
          pool: 'forks',
          testTimeout,
          hookTimeout: testTimeout,
        },
      },
      {
        plugins: [svelte({ configFile: 'client/svelte.config.js' })],
        resolve: { conditions: ['browser'] },
        test: { name: 'client', include: ['client/**/*.test.ts'], pool: 'threads', testTimeout },
      },
    ],
  },
});
