import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startLabServer } from './lab-server.ts';
import type { LabServer } from './lab-server.ts';
import { Student } from './pages/student.ts';
import { Teacher } from './pages/teacher.ts';
import { words } from './pages/words.ts';

const say = words('en');

/** A class of bots that is under way, and its instructor. */
async function underWay(page: Page, tables: number, env: Record<string, string> = {}) {
  const server = await startLabServer({ demo: tables, env });
  await page.goto(server.instructorUrl!);
  await expect(page.getByText(say('grid_count', { ended: 0, all: tables }))).toBeVisible();
  return { server, teacher: new Teacher(page, say), code: codeOf(server) };
}

const codeOf = (server: LabServer) => /^ {2}Code\s+(\S+)$/m.exec(server.output())![1]!;

test('a table has an address of its own: Back leads to all tables, and the keyboard goes on where it was', async ({
  page,
}) => {
  const { server, teacher, code } = await underWay(page, 2, { BASE_PATH: '/lab' });
  const heading = (n: number) => page.getByRole('heading', { level: 1, name: say('teach_table', { n }) });
  const tile = page.getByRole('button', { name: new RegExp(`^${say('teach_table', { n: 1 })}(?!\\d)`) });
  try {
    await expect(page).toHaveTitle(`${say('teach_classroom', { code })} · ${say('app_name')}`);
    const all = page.url();

    await tile.focus();
    await page.keyboard.press('Enter');
    await expect(heading(1)).toBeFocused();
    await expect(page).toHaveTitle(`${say('teach_table', { n: 1 })} · ${code} · ${say('app_name')}`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(heading(2)).toBeVisible();
    await expect(page.getByRole('button', { name: say('teach_table_after') })).toBeFocused();

    await page.goBack();
    await expect(page).toHaveURL(all);
    await expect(heading(2)).toBeHidden();
    await page.goForward();
    await expect(heading(2)).toBeVisible();
    await page.reload();
    await expect(heading(2)).toBeVisible();

    await page.getByRole('button', { name: say('teach_table_before') }).click();
    await expect(heading(1)).toBeVisible();
    await teacher.backToTables();
    await expect(tile).toBeFocused();
  } finally {
    await server.dispose();
  }
});

test('what was sought, and what was planned for the next round, outlive a look into a table', async ({
  page,
}) => {
  const { server, teacher } = await underWay(page, 6);
  const alone = page.getByRole('radio', { name: say('teach_alone') });
  try {
    await page.getByRole('tab', { name: say('teach_next_round') }).click();
    await alone.check();
    await page.getByRole('tab', { name: say('teach_tables') }).click();
    const seek = page.getByRole('searchbox', { name: say('grid_seek') });
    await seek.fill('3');
    await page.getByRole('button', { name: new RegExp(`^${say('teach_table', { n: 3 })}(?!\\d)`) }).click();
    await teacher.backToTables();
    await expect(seek).toHaveValue('3');
    await page.getByRole('tab', { name: say('teach_next_round') }).click();
    await expect(alone).toBeChecked();
  } finally {
    await server.dispose();
  }
});

test('the question that was just asked is in sight, and the column beside the rounds ends with the window', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const { server, teacher } = await underWay(page, 12);
  try {
    await teacher.openQuestions();
    await page.getByRole('button', { name: say('poll_open') }).click();
    const reveal = page.getByRole('button', { name: say('poll_reveal') });
    await expect(reveal).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('heading', { name: say('poll_title') })).toBeInViewport();

    const aside = page.getByRole('complementary').locator('..');
    const below = () => aside.evaluate((element) => innerHeight - element.getBoundingClientRect().bottom);
    await page.mouse.move(900, 400);
    await page.mouse.wheel(0, -2000);
    await expect.poll(below).toBeGreaterThanOrEqual(0);
    await expect.poll(below).toBeLessThan(20);
  } finally {
    await server.dispose();
  }
});

test('whoever reads a debrief on a phone goes on seeing that a vote is open', async ({ page, browser }) => {
  const { server, teacher, code } = await underWay(page, 1);
  const phone = await browser.newContext({ viewport: { width: 360, height: 640 } });
  try {
    const student = new Student('Ana', await phone.newPage(), say);
    await student.askToJoin(server.url, code);
    await teacher.endRound();
    await expect(student.page.getByText(say('debrief_title'), { exact: true })).toBeVisible();
    await teacher.openQuestions();
    await page.getByRole('button', { name: say('poll_open') }).click();

    const vote = student.page.getByRole('button', { name: say('vote_open') });
    await expect(vote).toBeInViewport();
    await student.page.getByRole('heading', { name: say('debrief_questions') }).scrollIntoViewIfNeeded();
    await expect(vote).toBeInViewport({ ratio: 1 });
    await vote.click();
    await expect(student.page.getByRole('dialog', { name: say('vote_title') })).toBeVisible();
  } finally {
    await phone.close();
    await server.dispose();
  }
});
