import { expect, test } from './fixtures.ts';

const HANDSHAKE = 'The three-way handshake';

test('Back leads from a table of one’s own practice to the list, and one is at the table after a reload', async ({
  lesson,
}) => {
  const { page, say, endpoint } = await lesson.visitor('Ana', { device: 'phone' });
  const list = page.getByRole('heading', { name: say('practice_title') });
  await page.goto(lesson.url);
  await page.getByRole('link', { name: say('home_practise') }).click();
  await page.getByRole('button', { name: HANDSHAKE }).click();
  await endpoint.expectCall('connect()');
  const x = await endpoint.iss();

  await page.goBack();
  await expect(list).toBeVisible();
  await page.getByRole('link', { name: say('practice_resume') }).click();
  await expect(endpoint.form).toBeVisible();
  await page.reload();
  await expect(endpoint.form).toBeVisible();
  expect(await endpoint.iss()).toBe(x);

  await page.getByRole('button', { name: say('seat_menu') }).click();
  await page.getByRole('link', { name: say('practice_list') }).click();
  await expect(list).toBeVisible();
});

test('where nothing has been begun the address of the table is that of the list', async ({ lesson }) => {
  const { page, say } = await lesson.visitor('Ana');
  await page.goto(`${lesson.url}/practice/table`);
  await expect(page.getByRole('button', { name: HANDSHAKE })).toBeVisible();
  await expect(page).toHaveURL(`${lesson.url}/practice`);
  await expect(page.getByRole('heading', { name: say('practice_title') })).toBeVisible();
});
