import { expect, test } from './fixtures.ts';
import { startLabServer } from './lab-server.ts';
import { Projector } from './pages/projector.ts';
import { Teacher } from './pages/teacher.ts';

/** More than the screen shows with their states. */
const TABLES = 13;
const LONG =
  'Somebody says: "The server answered with FIN,ACK in one segment. That is a mistake, it must be four." Is it?';
/** So low that a list of what was difficult is longer. */
const LOW = { width: 1280, height: 420 };

test('what the room reads is whole: many tables, many mistakes, and the end of one exchange', async ({
  lesson,
}) => {
  const demo = await startLabServer({ demo: TABLES });
  try {
    lesson.url = demo.url;
    const { page, say } = await lesson.visitor('');
    await page.goto(demo.instructorUrl!);
    const teacher = new Teacher(page, say);
    await teacher.pace(4);
    await teacher.showOnScreen('progress');
    const { page: wall } = await lesson.visitor('');
    await wall.setViewportSize({ width: 1280, height: 720 });
    await wall.goto(await teacher.screenLink());
    const screen = new Projector(wall, say);

    // A tick is one of the right answers, here as in the legend, and stands beside their number.
    const finished = wall.getByRole('listitem').filter({ hasText: say('teach_table_finished') });
    await expect(finished.first()).toBeVisible({ timeout: 90_000 });
    for (const tile of await finished.all()) {
      await expect(tile).not.toContainText('✓');
      const right = tile.getByText(say('screen_right'), { exact: true }).locator('..');
      const number = tile.getByText(/^\d+$/).first();
      const [one, other] = [await right.boundingBox(), await number.boundingBox()];
      expect(one!.height).toBeLessThan(1.5 * other!.height);
    }

    // Of a list that is too long whole lines are left, and it says how many there are besides.
    await teacher.endRound();
    await teacher.showOnScreen('debrief');
    await screen.expectSays(say('screen_slips'));
    await wall.setViewportSize(LOW);
    const more = wall.getByText(new RegExp(`^${say('slips_more', { n: '\\d+' })}$`));
    await expect(more).toBeInViewport({ ratio: 1 });
    const shown = wall.getByRole('listitem').filter({ visible: true });
    for (const line of await shown.all()) await expect(line).toBeInViewport({ ratio: 1 });

    // The end stays in sight when the window is made lower.
    await wall.setViewportSize({ width: 1920, height: 1080 });
    await teacher.watch();
    await teacher.debrief.expectOpen();
    await page.getByRole('button', { name: say('screen_put_table') }).click();
    const end = wall.getByText(say('diagram_ended'), { exact: true });
    await expect(end).toBeInViewport();
    await wall.setViewportSize(LOW);
    await expect(end).toBeInViewport();
    await Promise.all([wall.close(), page.close()]);
  } finally {
    await demo.dispose();
  }
});

test('a question is as large as all of it has room for', async ({ lesson }) => {
  const teacher = await lesson.open();
  const ana = await lesson.join('Ana');
  const screen = await lesson.openScreen();
  await lesson.begin('The referee’s eye', { client: ana });
  await teacher.endRound();
  await teacher.askQuestion(LONG);
  const { page, say } = screen;
  const size = async () => (await page.getByText(LONG).boundingBox())!.height;

  await page.setViewportSize({ width: 1280, height: 720 });
  await expect(page.getByText(say('screen_vote_first'))).toBeInViewport({ ratio: 1 });
  const low = await size();
  await page.setViewportSize({ width: 1280, height: 960 });
  await expect(page.getByText(say('screen_vote_first'))).toBeInViewport({ ratio: 1 });
  await expect.poll(size).toBeGreaterThan(low);
});
