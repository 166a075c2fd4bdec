import { expect, test as base } from '@playwright/test';
import { Lesson } from './lesson.ts';
import { startLabServer, type LabServer } from './lab-server.ts';

interface Fixtures {
  /** A server of this test's own, with an empty data folder. */
  server: LabServer;
  /** A class at that server, to which nobody has come yet. Its pages must neither complain nor stray. */
  lesson: Lesson;
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from the pattern
  server: async ({}, use) => {
    const server = await startLabServer();
    await use(server);
    await server.dispose();
  },
  lesson: async ({ browser, server }, use, testInfo) => {
    const lesson = new Lesson(browser, server);
    await use(lesson);
    await lesson.close();
    // What went wrong first is what counts.
    if (testInfo.status !== testInfo.expectedStatus) return;
    expect(lesson.complaints).toEqual([]);
    expect(lesson.strayed).toEqual([]);
  },
});

export { expect } from '@playwright/test';
