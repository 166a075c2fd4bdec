import { expect, test } from './fixtures.ts';
import type { Wire } from './wire.ts';

/** Names under which secrets travel: fates and losses, what the link and the judge know, the other end. */
const SECRET_FIELDS = [
  'fate',
  'lost',
  'flights',
  'arrivesMs',
  'copies',
  'causes',
  'verdict',
  'ends',
  'owesSinceMs',
];

test('an end hears of nothing that it could not know, in an examination with losses', async ({ lesson }) => {
  test.setTimeout(120_000);
  const teacher = await lesson.open();
  const ana = await lesson.join('Ana');
  const bo = await lesson.join('Bo');
  const li = await lesson.join('Li');
  const [teachers, client, server, link] = [teacher, ana, bo, li].map(({ page }) => lesson.wire(page)) as [
    Wire,
    Wire,
    Wire,
    Wire,
  ];
  await lesson.begin('Examination', { client: ana, server: bo, link: li });
  for (const { diagram } of [ana.endpoint, bo.endpoint, li.link]) await diagram.showTable();

  // A SYN on its way: the link has heard of it, the server has not.
  await ana.endpoint.expectCall('connect()');
  const x = await ana.endpoint.iss();
  const y = await bo.endpoint.iss();
  await teacher.pace(0.25);
  await ana.endpoint.send(`S ${x}`);
  await expect.poll(() => link.has(x)).toBe(true);
  expect(server.has(x)).toBe(false);
  await teacher.pace(4);
  await ana.endpoint.label('SYN-SENT');
  await bo.endpoint.arrival('SYN');

  // A SYN,ACK that is lost: the link has seen it die, and the client does not know that there ever was one.
  expect(server.has(x + 1)).toBe(false);
  await bo.endpoint.send(`S. ${y} ack ${x + 1}`);
  await li.link.diagram.row({ what: 'Lost', flags: 'SYN, ACK' });
  await bo.endpoint.label('SYN-RECEIVED');
  await bo.endpoint.expectTimeOut('server', 'RTO');
  expect(link.has(y)).toBe(true);
  expect(client.has(y)).toBe(false);
  expect(client.has('lost')).toBe(false);
  await bo.endpoint.send(`S. ${y} ack ${x + 1}`);
  await bo.endpoint.label('SYN-RECEIVED');
  await ana.endpoint.arrival('SYN, ACK');

  // What is due is the end's own to find out.
  expect(client.has(y)).toBe(true);
  expect(client.has(y + 1)).toBe(false);
  await ana.endpoint.send(`. ${x + 1} ack ${y + 1}`);
  await ana.endpoint.label('ESTABLISHED');
  await bo.endpoint.arrival('ACK');
  await ana.endpoint.expectCall('write("GET /hello")');
  expect(server.has('GET /hello')).toBe(false);
  await teacher.pace(0.25);
  await ana.endpoint.send(`P. ${x + 1}(10) ack ${y + 1}`);
  await expect.poll(() => link.has('GET /hello')).toBe(true);
  expect(server.has('GET /hello')).toBe(false);
  await teacher.pace(4);
  await ana.endpoint.label('ESTABLISHED');
  await bo.endpoint.arrival('PSH, ACK');
  expect(server.has('GET /hello')).toBe(true);
  expect(server.has(x + 11)).toBe(false);

  for (const end of [client, server]) {
    for (const field of SECRET_FIELDS) expect(end.has(`"${field}"`), field).toBe(false);
    for (const field of ['state', 'tcb']) {
      expect(end.has(`"${field}":null`)).toBe(true);
      expect(
        end.heard.some((text) => text.includes(`"${field}":{`)),
        field,
      ).toBe(false);
    }
  }
  for (const field of ['ends', 'tcb', 'verdict', 'owesSinceMs'])
    expect(link.has(`"${field}"`), field).toBe(false);

  // The ears of this test are good: once the fog has lifted they hear all of it, and the instructor's did
  // before.
  await teacher.watch();
  await expect.poll(() => SECRET_FIELDS.filter((field) => !teachers.has(`"${field}"`))).toEqual([]);
  // From the seed all that is still to be lost could be told: it leaves the server for nobody.
  for (const wire of [client, server, link, teachers]) expect(wire.has('"seed"')).toBe(false);
  await teacher.backToTables();
  await teacher.endRound();
  await ana.debrief.expectOpen();
  await expect.poll(() => client.has('"fate"') && client.has('"lost"') && client.has('"verdict"')).toBe(true);
});
