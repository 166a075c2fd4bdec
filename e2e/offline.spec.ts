import { expect, test } from './fixtures.ts';

/**
 * As on a phone in the class's Wi-Fi: neither HTTPS nor localhost. The browser is told where it is by its
 * launch options.
 */
const ON_THE_NETWORK = 'lab.test';

test('over plain HTTP on the network, without the powers of a secure context, a class plays to the debrief', async ({
  lesson,
}) => {
  test.setTimeout(90_000);
  lesson.url = lesson.server.url.replace('127.0.0.1', ON_THE_NETWORK);
  const teacher = await lesson.open();
  const ana = await lesson.join('Ana', { device: 'phone' });
  for (const { page } of [teacher, ana]) {
    expect(new URL(page.url()).hostname).toBe(ON_THE_NETWORK);
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
  }

  await teacher.planRound('The three-way handshake', 'alone');
  await teacher.seat('Ana', 'client');
  await ana.expectSeatIs('client');
  await teacher.start();
  await teacher.pace(4);
  const { endpoint } = ana;
  await endpoint.expectCall('connect()');
  await endpoint.send(`S ${await endpoint.iss()}`);
  await endpoint.label('SYN-SENT');
  await endpoint.pick('SYN,ACK', 'server');
  await endpoint.send(`. ${await endpoint.tcb('SND.NXT')} ack ${await endpoint.tcb('RCV.NXT')}`);
  await endpoint.label('ESTABLISHED');
  await ana.debrief.expectOpen();
  await ana.debrief.expectNoneWrong();
});
