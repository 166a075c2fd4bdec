import { expect, test } from './fixtures.ts';

/** The smallest phone there is, with all the bars of its browser. */
const LOW = { width: 360, height: 640 };

test('on a low phone a card leaves the picture and its seat in sight, and is put away from anywhere in it', async ({
  lesson,
}) => {
  const { page, say, endpoint } = await lesson.visitor('Ana', { device: 'phone' });
  await page.setViewportSize(LOW);
  await page.goto(`${lesson.url}/practice`);
  await page.getByRole('button', { name: 'The three-way handshake' }).click();
  await endpoint.expectCall('connect()');
  const x = await endpoint.iss();

  // Everything is wrong about it: more than there is room for.
  await endpoint.send(`F. ${x + 7} ack 9`);
  const wrong = endpoint.verdict('wrong');
  await wrong.getByText(say('end_blocked')).scrollIntoViewIfNeeded();
  await expect(wrong.getByText(say('end_blocked'))).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('button', { name: say('seat_menu') })).toBeInViewport({ ratio: 1 });
  const close = wrong.getByRole('button', { name: say('end_close') });
  await expect(close).toBeInViewport({ ratio: 1 });
  await close.click();
  await expect(wrong).toBeHidden();

  // What is right takes a line, and says why when that is asked for.
  await endpoint.send(`S ${x}`);
  const right = endpoint.verdict('due');
  const why = right.getByText(say('why_syn'));
  await expect(right).toBeVisible();
  await expect(why).toBeHidden();
  expect((await right.boundingBox())!.height).toBeLessThan(LOW.height / 12);
  await right.getByRole('button', { name: say('end_verdict_why') }).click();
  await expect(why).toBeVisible();
});
