import { test as base } from '@playwright/test';
import { startLabServer, type LabServer } from './lab-server.ts';

interface Fixtures {
  /** A server of this test's own, with an empty data folder. */
  server: LabServer;
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from the pattern
  server: async ({}, use) => {
    const server = await startLabServer();
    await use(server);
    await server.dispose();
  },
});

export { expect } from '@playwright/test';
