/*
 * Mutation testing of shared/tcp: StrykerJS changes the code in one place at a time and sees whether a test
 * notices. Which tests those are stands in runner.js.
 */

export default {
  plugins: ['./tools/mutation/runner.js'],
  testRunner: 'one-process',
  mutate: ['shared/tcp/*.ts', '!shared/tcp/*.test.ts', '!shared/tcp/*.testing.ts'],
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // A busy machine must not pass for an endless loop. Nearly every loop is found by counting, not by the
  // clock.
  timeoutMS: 60_000,
  timeoutFactor: 4,
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
    '/tools',
  ],
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true, reportScoreTable: true },
  htmlReporter: { fileName: 'dist/mutation/report.html' },
  jsonReporter: { fileName: 'dist/mutation/report.json' },
  thresholds: { high: 95, low: 90, break: null },
};
