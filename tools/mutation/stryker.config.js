/*
 * Mutation testing of shared/tcp: StrykerJS changes the code in one place at a time and sees whether a test notices.
 * Left out are the tests that play at random or explore every state: they catch nearly everything, but slowly, and the
 * question here is whether the plain ones say what each line is for.
 */

export default {
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'tools/mutation/vitest.config.ts', related: false },
  mutate: ['shared/tcp/*.ts', '!shared/tcp/*.test.ts', '!shared/tcp/*.testing.ts'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 8000,
  ignoreStatic: false,
  incremental: true,
  incrementalFile: 'dist/mutation/incremental.json',
  tempDirName: 'dist/mutation/tmp',
  ignorePatterns: [
    '/client/*',
    '!/client/messages',
    '/e2e',
    '/data',
    '/dist',
    '/docs',
    '/gallery',
    '/server/*',
    '!/server/lab',
    '/tools/*',
    '!/tools/mutation',
  ],
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true, reportScoreTable: true },
  htmlReporter: { fileName: 'dist/mutation/report.html' },
  jsonReporter: { fileName: 'dist/mutation/report.json' },
  thresholds: { high: 95, low: 90, break: null },
  checkers: [],
};
