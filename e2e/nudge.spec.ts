import { expect, test } from './fixtures.ts';

test('whoever watches a table gives an end a hint for the answer that it owes, and another for the next', async ({
  lesson,
}) => {
  const teacher = await lesson.open();
  const ana = await lesson.join('Ana');
  await lesson.begin('The three-way handshake', { client: ana });
  await ana.endpoint.expectCall('connect()');
  await teacher.watch();
  const given = (flags: string) =>
    ana.endpoint.form.getByText(`${ana.say('end_field_flags')} ${flags}`, { exact: true });
  await teacher.nudge('client');
  await expect(given('SYN')).toBeVisible();

  await ana.endpoint.send(`S ${await ana.endpoint.iss()}`);
  await ana.endpoint.label('SYN-SENT');
  await expect(ana.endpoint.diagram.segment('SYN,ACK', 'server')).toBeVisible();
  await teacher.nudge('client');
  await expect(given('ACK')).toBeVisible();
});
