import { expect, test } from './fixtures.ts';
import { Student } from './pages/student.ts';

test('whoever scans the code again, while the first tab is open, is offered the seat that they have', async ({
  lesson,
}) => {
  await lesson.open();
  const ana = await lesson.join('Ana', { device: 'phone' });
  const again = new Student('Ana', await ana.page.context().newPage(), ana.say);
  await again.page.goto(`${lesson.url}/join/${lesson.code}`);
  await again.page
    .getByRole('link', { name: ana.say('home_back', { code: lesson.code, name: 'Ana' }) })
    .click();
  await expect(
    again.page.getByRole('heading', { name: ana.say('lobby_title', { code: lesson.code }) }),
  ).toBeVisible();
  await expect(ana.page.getByText(ana.say('gone_moved'))).toBeVisible();
  await expect(again.page.getByText(ana.say('lobby_count', { n: 1 }))).toBeVisible();
});

test('another class is joined as ever', async ({ lesson }) => {
  await lesson.open();
  const ana = await lesson.join('Ana');
  await ana.page.goto(`${lesson.url}/join/ZZZZZZ`);
  await expect(ana.page.getByRole('textbox', { name: ana.say('join_name') })).toHaveValue('Ana');
  await expect(ana.page.getByRole('link', { name: lesson.code })).toBeHidden();
});
