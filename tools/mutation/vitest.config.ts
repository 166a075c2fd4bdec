import { defineConfig } from 'vitest/config';

/** The quick tests of shared/tcp, and those of the commands that read tables and stories into it. */
export default defineConfig({
  test: {
    include: ['shared/tcp/*.test.ts', 'server/lab/{judge,trace,verdicts}.test.ts'],
    testTimeout: 30_000,
    exclude: ['shared/tcp/{laws,model}.test.ts'],
  },
});
