import { expect, test } from './fixtures.ts';

test('a round that ends while somebody is writing is no trouble to their page', async ({ lesson }) => {
  const teacher = await lesson.open();
  const ana = await lesson.join('Ana');
  await lesson.begin('A whole life', { client: ana });
  await ana.endpoint.expectCall('connect()');
  await ana.endpoint.write('S 1');
  await teacher.endRound();
  await ana.debrief.expectOpen();
});

test('what somebody has set in the form outlives what arrives meanwhile', async ({ lesson }) => {
  const teacher = await lesson.open();
  const ana = await lesson.join('Ana');
  const bo = await lesson.join('Bo', { device: 'phone' });
  await lesson.begin('A whole life', { client: ana, server: bo });
  await teacher.pace(4);
  const written = 'P. 300:303(3) ack 101';
  await bo.endpoint.write(written);
  await ana.endpoint.expectCall('connect()');
  await ana.endpoint.send(`S ${await ana.endpoint.iss()}`);
  await expect(bo.endpoint.diagram.segment('SYN', 'client')).toBeVisible();
  await expect(bo.endpoint.line).toHaveValue(written);
  await expect(bo.endpoint.flag('PSH')).toHaveAttribute('aria-pressed', 'true');
});

test("what the instructor writes into somebody's name outlives whoever comes meanwhile", async ({
  lesson,
}) => {
  const teacher = await lesson.open();
  await lesson.join('Ana');
  const sheet = await teacher.openPerson('Ana');
  const name = sheet.getByRole('textbox', { name: teacher.say('teach_name') });
  await name.fill('Ana Lu');
  const bo = await lesson.visitor('Bo');
  await bo.joinByCode(lesson.url, lesson.code);
  await expect(teacher.page.getByText('Bo', { exact: true }).first()).toBeVisible();
  await expect(name).toHaveValue('Ana Lu');
});
