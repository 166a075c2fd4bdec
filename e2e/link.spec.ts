import { expect, test } from './fixtures.ts';

/** Two bots converse; the network takes its time. */
const LONG_MS = 150_000;

test('the network is a player: bad weather, a late SYN,ACK, a cut cable, and three predictions', async ({
  lesson,
}) => {
  test.setTimeout(LONG_MS);
  const teacher = await lesson.open();
  const li = await lesson.join('Li', { device: 'phone' });
  await lesson.begin('A whole life', { link: li });
  const { link, say } = li;

  // A long way leaves time to act upon what comes.
  for (const [from, delayMs] of [
    ['server', 4000],
    ['client', 8000],
  ] as const) {
    await link.openDirection(from);
    await link.turn('linkseat_delay', delayMs);
    await link.apply();
  }
  await link.openAir();

  // The SYN,ACK is held until another one has been sent and has arrived; then it comes as a duplicate.
  await link.hold('SYN,ACK');
  await link.predict({ timer: 'client', again: 'SYN', client: 'SYN-SENT', server: 'SYN-RECEIVED' });
  await link.expectPrediction('right');
  await teacher.pace(2);
  await link.diagram.showTable();
  const arrived = { what: say('diagram_row_arrived'), flags: 'SYN, ACK' };
  await link.diagram.row(arrived);
  await link.release('SYN,ACK');
  await link.diagram.row(arrived, 2);

  // Both ends survive it: the client has something to say. The cable is cut while that is on its way.
  await link.expectInAir('PSH,ACK');
  await link.cut();
  await link.predict({ timer: 'client', again: 'data', client: 'ESTABLISHED', server: 'SYN-RECEIVED' });
  await link.expectPrediction('right');
  await link.mend();

  // What is sent again is taken out of the air again.
  await link.drop('PSH,ACK');
  // An ACK of a duplicate may have been sent after the cable was mended: then the server waits for nothing
  // but the data.
  const acks = (await link.diagram.rows()).filter(
    ({ from, flags }) => from === say('seat_client') && flags === 'ACK',
  );
  const sent = acks.filter(
    ({ what }) => what === say('diagram_row_sent') || what === say('diagram_row_again'),
  );
  const lost = acks.filter(({ what }) => what === say('diagram_row_lost'));
  await link.predict(
    sent.length > lost.length
      ? { timer: 'client', again: 'data', client: 'ESTABLISHED', server: 'ESTABLISHED' }
      : { timer: 'server', again: 'SYN,ACK', client: 'ESTABLISHED', server: 'SYN-RECEIVED' },
  );
  await link.expectPrediction('right');

  // Bad weather from the server. What cannot be is refused with the reason; what can be is sent as a whole.
  await link.openDirection('server');
  await link.choosePreset('wifi');
  await link.turn('linkseat_loss', 80);
  await link.turn('linkseat_burst', 1.5);
  await expect(li.page.getByText(say('refusal_link_infeasible_loss', { burst: 1.5, max: 60 }))).toBeVisible();
  await expect(link.applyButton).toBeDisabled();
  await link.turn('linkseat_loss', 40);
  await link.turn('linkseat_burst', 3);
  await link.apply();

  // Each segment from there says by which throw of the dice it lived or died.
  await teacher.pace(4);
  const before = await link.sentFrom('server');
  await expect.poll(() => link.sentFrom('server'), { timeout: 60_000 }).toBeGreaterThan(before);
  await link.diagram.showPicture();
  const newest = link.diagram.segmentsFrom('server').last();
  await newest.click();
  const loss = new RegExp(`^${say('story_die_loss')} 0\\.\\d+ [<≥] 0\\.\\d+ → `);
  await expect(link.story.filter({ hasText: loss })).toBeVisible();

  // Afterwards everything stands there as what it was.
  await teacher.endRound();
  const { debrief } = li;
  await debrief.expectOpen();
  await debrief.diagram.showTable();
  for (const act of ['hold', 'release', 'drop'] as const)
    await expect(debrief.diagram.said(say(`diagram_touch_${act}`)).first()).toBeVisible();
  for (const cable of ['cut', 'mended'] as const)
    await expect(debrief.diagram.said(say(`diagram_cable_${cable}`))).toBeVisible();
});
