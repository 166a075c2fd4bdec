import { expect, test } from './fixtures.ts';

test('where the network can only watch, the instructor reads so before anybody sits there', async ({
  lesson,
}) => {
  const teacher = await lesson.open();
  const li = await lesson.join('Li');
  const { page, say } = teacher;
  const watches = page.getByText(say('teach_network_watches'));
  await page.getByRole('radio', { name: 'Examination' }).check();
  await expect(watches).toBeHidden();
  await page.getByRole('radio', { name: say('teach_triples') }).check();
  await expect(watches).toBeVisible();
  await page.getByRole('radio', { name: 'The SYN is lost' }).check();
  await expect(watches).toBeHidden();

  await lesson.begin('Examination', { link: li });
  await teacher.endRound();
  await li.debrief.expectOpen();
  await expect(li.page.getByText(li.say('marks_none'))).toBeVisible();
  await expect(
    li.page.getByText(li.say('marks_answers', { answered: 0, left: 0, untouched: 0 })),
  ).toBeHidden();
});
