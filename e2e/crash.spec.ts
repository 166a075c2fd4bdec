import { expect, test } from './fixtures.ts';
import { startLabServer } from './lab-server.ts';
import type { Row } from './pages/diagram.ts';

/** What a browser says to its console when there is no server; anything else would be a complaint. */
const NO_SERVER = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|WebSocket connection to .* failed/;

test('a server killed in mid-handshake goes on when it is started again, with nothing missing or doubled', async ({
  lesson,
  server: first,
}) => {
  test.setTimeout(120_000);
  const teacher = await lesson.open();
  const ana = await lesson.join('Ana', { device: 'phone' });
  const bo = await lesson.join('Bo');
  const li = await lesson.join('Li');
  await lesson.begin('A whole life', { client: ana, server: bo, link: li });
  await teacher.watch();
  const everybody = [teacher, ana, bo, li];
  const diagrams = [teacher.diagram, ana.endpoint.diagram, bo.endpoint.diagram, li.link.diagram];
  for (const diagram of diagrams) await diagram.showTable();

  await ana.endpoint.expectCall('connect()');
  const x = await ana.endpoint.iss();
  await ana.endpoint.send(`S ${x}`);
  await ana.endpoint.label('SYN-SENT');
  const syn = await bo.endpoint.arrival('SYN');
  const y = await bo.endpoint.iss();
  await bo.endpoint.send(`S. ${y} ack ${syn.seq + 1}`);
  await bo.endpoint.label('SYN-RECEIVED');
  await ana.endpoint.arrival('SYN, ACK');
  await li.link.diagram.row({ what: 'Arrives', flags: 'SYN, ACK' });
  await teacher.diagram.row({ what: 'Server: said SYN-RECEIVED' });
  const before = await Promise.all(diagrams.map((diagram) => diagram.rows()));

  await first.kill();
  for (const person of everybody) await expect(person.disconnected).toBeVisible();
  // Asked while nobody is there to answer: it is asked again until somebody is.
  await ana.endpoint.send(`. ${x + 1} ack ${y + 1}`);

  let server = await startLabServer({ dataDir: first.dataDir, port: first.port });
  try {
    await ana.endpoint.label('ESTABLISHED');
    await bo.endpoint.arrival('ACK');
    for (const person of everybody) await expect(person.disconnected).toBeHidden();
    for (const [i, diagram] of diagrams.entries()) {
      const after = await diagram.rows();
      expect(after.slice(0, before[i]!.length).map(witnessed)).toEqual(before[i]!.map(witnessed));
    }

    await ana.endpoint.expectCall('write("GET /hello")');
    await ana.endpoint.send(`P. ${x + 1}(10) ack ${y + 1}`);
    await ana.endpoint.label('ESTABLISHED');
    await bo.endpoint.arrival('PSH, ACK');
    await teacher.backToTables();
    await teacher.endRound();
    await teacher.watch();

    const everything = [
      ...['Sent', 'Arrives'].map((what) => `${what} Client SYN ${x}  0`),
      ...['Sent', 'Arrives'].map((what) => `${what} Server SYN, ACK ${y} ${x + 1} 0`),
      ...['Sent', 'Arrives'].map((what) => `${what} Client ACK ${x + 1} ${y + 1} 0`),
      ...['Sent', 'Arrives'].map((what) => `${what} Client PSH, ACK ${x + 1} ${y + 1} 10`),
    ];
    const seen: (readonly Row[])[] = [];
    for (const { debrief } of everybody) {
      await debrief.expectOpen();
      await debrief.diagram.showTable();
      expect(await debrief.diagram.segments()).toEqual(everything);
      seen.push(await debrief.diagram.rows());
    }

    // Once more, so that the snapshot can come from nowhere but the disk.
    await server.kill();
    server = await startLabServer({ dataDir: first.dataDir, port: first.port });
    await ana.page.reload();
    await ana.debrief.expectOpen();
    await ana.debrief.diagram.showTable();
    expect(await ana.debrief.diagram.rows()).toEqual(seen[0]);
    for (const rows of seen) expect(rows).toEqual(seen[0]);
  } finally {
    await lesson.close();
    await server.dispose();
  }
  expect(lesson.complaints.splice(0).filter((complaint) => !NO_SERVER.test(complaint))).toEqual([]);
});

/** A row without the state, which an end is shown once it has said it. */
function witnessed({ state: _, ...row }: Row) {
  return row;
}
