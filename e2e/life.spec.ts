import { expect, test } from './fixtures.ts';
import type { Student } from './pages/student.ts';
import type { Teacher } from './pages/teacher.ts';

/** Four browsers play at the pace of people, four times as fast. */
const WHOLE_LIFE_MS = 150_000;

test('a connection lives and ends, with a SYN,ACK and the last ACK lost on the way', async ({ lesson }) => {
  test.setTimeout(WHOLE_LIFE_MS);
  const teacher = await lesson.open();
  const ana = await lesson.join('Ana', { device: 'phone' });
  const bo = await lesson.join('Bo');
  const li = await lesson.join('Li');
  await lesson.begin('A whole life', { client: ana, server: bo, link: li });
  await teacher.pace(4);
  const { endpoint: client } = ana;
  const { endpoint: server } = bo;
  const { link } = li;
  await server.diagram.showTable();

  await client.expectCall('connect()');
  const x = await client.iss();
  await client.send(`S ${x}`);
  await client.label('SYN-SENT');

  const syn = await server.arrival('SYN');
  const y = await server.iss();
  await teacher.pace(0.25);
  await server.send(`S. ${y} ack ${syn.seq + 1}`);
  await link.drop('SYN,ACK');
  await link.predict({ timer: 'client', again: 'SYN', client: 'SYN-SENT', server: 'SYN-RECEIVED' });
  await link.expectPrediction('right');
  await teacher.pace(4);
  await server.label('SYN-RECEIVED');

  // Ana's timer runs out first, but she takes her time; the server's brings the SYN,ACK again.
  await client.expectTimeOut('client', 'RTO');
  await server.expectTimeOut('server', 'RTO');
  await server.compose({
    flags: ['SYN', 'ACK'],
    seq: await server.tcb('ISS'),
    ack: await server.tcb('RCV.NXT'),
  });
  await server.label('SYN-RECEIVED');

  await client.pick('SYN,ACK', 'server');
  await client.use('ACK', { as: 'seq' });
  await client.use('SEQ', { as: 'ack', plus: 1 });
  await client.toggle('ACK');
  await client.pressSend();
  await client.label('ESTABLISHED');

  await client.expectCall('write("GET /hello")');
  await client.compose({
    flags: ['ACK', 'PSH'],
    seq: await client.tcb('SND.NXT'),
    ack: await client.tcb('RCV.NXT'),
    data: 10,
  });
  await client.label('ESTABLISHED');
  const question = await server.arrival('PSH, ACK');
  await server.send(`. ${question.ack} ack ${question.seq + question.len}`);
  await server.label('ESTABLISHED');
  await server.expectCall('write("hello, world")');
  await server.send(`P. ${question.ack}:${question.ack + 12}(12) ack ${question.seq + question.len}`);
  await server.label('ESTABLISHED');
  await client.pick('PSH,ACK', 'server');
  await client.send(`. ${await client.tcb('SND.NXT')} ack ${await client.tcb('RCV.NXT')}`);
  await client.label('ESTABLISHED');

  await client.expectCall('close()');
  await client.send(`F. ${await client.tcb('SND.NXT')} ack ${await client.tcb('RCV.NXT')}`);
  await client.label('FIN-WAIT-1');
  const fin = await server.arrival('FIN, ACK');
  await server.send(`. ${fin.ack} ack ${fin.seq + 1}`);
  await server.label('CLOSE-WAIT');
  await server.expectCall('close()');
  await server.send(`F. ${fin.ack} ack ${fin.seq + 1}`);
  await server.label('LAST-ACK');

  await client.pick('FIN,ACK', 'server');
  await teacher.pace(0.25);
  await client.use('ACK', { as: 'seq' });
  await client.use('SEQ', { as: 'ack', plus: 1 });
  await client.toggle('ACK');
  await client.pressSend();
  await link.drop('ACK');
  await link.predict({ timer: 'server', again: 'FIN,ACK', client: 'TIME-WAIT', server: 'LAST-ACK' });
  await link.expectPrediction('right');
  await teacher.pace(4);
  await client.label('TIME-WAIT');

  await server.expectTimeOut('server', 'RTO', 2);
  const left = await client.secondsLeft('time_wait');
  await server.send(`F. ${fin.ack} ack ${fin.seq + 1}`);
  await server.label('LAST-ACK');
  await expect(client.diagram.segment('FIN,ACK', 'server')).toHaveCount(2);
  await client.send(`. ${await client.tcb('SND.NXT')} ack ${await client.tcb('RCV.NXT')}`);
  await client.label('TIME-WAIT');
  expect(await client.secondsLeft('time_wait')).toBeGreaterThan(left);

  const everything = [
    ...['Sent', 'Arrives'].map((what) => `${what} Client SYN ${x}  0`),
    ...['Sent', 'Lost'].map((what) => `${what} Server SYN, ACK ${y} ${x + 1} 0`),
    ...['Sent again', 'Arrives'].map((what) => `${what} Server SYN, ACK ${y} ${x + 1} 0`),
    ...['Sent', 'Arrives'].map((what) => `${what} Client ACK ${x + 1} ${y + 1} 0`),
    ...['Sent', 'Arrives'].map((what) => `${what} Client PSH, ACK ${x + 1} ${y + 1} 10`),
    ...['Sent', 'Arrives'].map((what) => `${what} Server ACK ${y + 1} ${x + 11} 0`),
    ...['Sent', 'Arrives'].map((what) => `${what} Server PSH, ACK ${y + 1} ${x + 11} 12`),
    ...['Sent', 'Arrives'].map((what) => `${what} Client ACK ${x + 11} ${y + 13} 0`),
    ...['Sent', 'Arrives'].map((what) => `${what} Client FIN, ACK ${x + 11} ${y + 13} 0`),
    ...['Sent', 'Arrives'].map((what) => `${what} Server ACK ${y + 13} ${x + 12} 0`),
    ...['Sent', 'Arrives'].map((what) => `${what} Server FIN, ACK ${y + 13} ${x + 12} 0`),
    ...['Sent', 'Lost'].map((what) => `${what} Client ACK ${x + 12} ${y + 14} 0`),
    ...['Sent again', 'Arrives'].map((what) => `${what} Server FIN, ACK ${y + 13} ${x + 12} 0`),
    ...['Sent', 'Arrives'].map((what) => `${what} Client ACK ${x + 12} ${y + 14} 0`),
  ];
  for (const { debrief } of await debriefed(teacher, [ana, bo, li])) {
    expect(await debrief.diagram.segments()).toEqual(everything);
    expect((await debrief.diagram.rows()).findLast(({ state }) => state !== '')?.state).toBe('CLOSED');
    await debrief.expectNoneWrong();
  }
});

test('wrong segments travel, are answered as RFC 9293 says, and the game goes on, in Chinese', async ({
  lesson,
}) => {
  test.setTimeout(WHOLE_LIFE_MS);
  const teacher = await lesson.open({ language: 'zh-CN' });
  const wei = await lesson.join('王伟', { device: 'phone', language: 'zh-CN' });
  const na = await lesson.join('李娜', { language: 'zh-CN' });
  const min = await lesson.join('张敏', { language: 'zh-CN' });
  await lesson.begin('完整的一生（无人拦截）', { client: na, server: wei, link: min });
  await teacher.pace(4);
  const { endpoint: client } = na;
  const { endpoint: server } = wei;
  const { link } = min;
  await client.diagram.showTable();

  await client.expectCall('connect()');
  const x = await client.iss();
  await client.compose({ flags: ['SYN'], seq: x });
  await client.label('SYN-SENT');

  // A SYN counts, which the server forgets: the client resets what it never began (§3.10.7.3).
  await server.pick('SYN', 'client');
  const y = await server.iss();
  await server.send(`S. ${y} ack ${x}`);
  await server.readVerdict('wrong');
  const halfOpen = await client.arrival('SYN, ACK');
  await client.send(`R ${halfOpen.ack}`);
  await client.label('SYN-SENT');
  await server.pick('RST', 'client');
  await server.send(`S. ${y} ack ${x + 1}`);
  await server.label('SYN-RECEIVED');

  // The client acknowledges what was never sent: a RST comes back (§3.10.7.4), which is not quite in sequence
  // and so is challenged.
  const synAck = await client.arrival('SYN, ACK', 2);
  await client.send(`. ${synAck.ack} ack ${synAck.seq + 2}`);
  await client.readVerdict('wrong');
  await server.pick('ACK', 'client');
  await server.use('ACK', { as: 'seq' });
  await server.toggle('RST');
  await server.pressSend();
  await server.label('SYN-RECEIVED');
  const reset = await client.arrival('RST');
  expect(reset.seq).toBe(y + 2);
  await client.send(`. ${synAck.ack} ack ${synAck.seq + 1}`);
  await client.label('ESTABLISHED');

  await client.expectCall('write("GET /hello")');
  await client.send(`P. ${await client.tcb('SND.NXT')}(10) ack ${await client.tcb('RCV.NXT')}`);
  await client.label('ESTABLISHED');
  await server.pick('PSH,ACK', 'client');
  await server.send(`. ${await server.tcb('SND.NXT')} ack ${await server.tcb('RCV.NXT')}`);
  await server.label('ESTABLISHED');

  // Data far beyond the window is not taken, and answered with an ACK that says what is expected.
  await server.expectCall('write("hello, world")');
  await server.send(`P. ${(await server.tcb('SND.NXT')) + 100_000}(12) ack ${await server.tcb('RCV.NXT')}`);
  await server.readVerdict('wrong');
  const stray = await client.arrival('PSH, ACK');
  await client.send(`. ${stray.ack} ack ${await client.tcb('RCV.NXT')}`);
  await client.label('ESTABLISHED');
  await server.pick('ACK', 'client', 3);
  await server.send(`P. ${await server.tcb('SND.NXT')}(12) ack ${await server.tcb('RCV.NXT')}`);
  await server.label('ESTABLISHED');
  const answer = await client.arrival('PSH, ACK', 2);
  await client.send(`. ${answer.ack} ack ${answer.seq + answer.len}`);
  await client.label('ESTABLISHED');

  await client.expectCall('close()');
  await teacher.pace(0.25);
  await client.send(`F. ${answer.ack} ack ${answer.seq + answer.len}`);
  await link.hold('FIN,ACK');
  await teacher.pace(4);
  await client.label('FIN-WAIT-1');
  await link.release('FIN,ACK');
  await server.pick('FIN,ACK', 'client');
  await server.send(`. ${await server.tcb('SND.NXT')} ack ${await server.tcb('RCV.NXT')}`);
  await server.label('CLOSE-WAIT');
  await server.expectCall('close()');
  await server.send(`F. ${await server.tcb('SND.NXT')} ack ${await server.tcb('RCV.NXT')}`);
  await server.label('LAST-ACK');
  const fin = await client.arrival('FIN, ACK');
  await client.send(`. ${fin.ack} ack ${fin.seq + 1}`);
  await client.label('TIME-WAIT');

  for (const { debrief, say } of await debriefed(teacher, [wei, na, min])) {
    const sentWrong = (await debrief.diagram.rows()).filter(
      ({ what }) => what === say('diagram_row_sent_wrong'),
    );
    expect(
      sentWrong.map(({ flags, seq, ack, len }) => ({ flags, seq: Number(seq), ack: Number(ack), len })),
    ).toEqual([
      { flags: 'SYN, ACK', seq: y, ack: x, len: '0' },
      { flags: 'ACK', seq: x + 1, ack: y + 2, len: '0' },
      { flags: 'PSH, ACK', seq: y + 1 + 100_000, ack: x + 11, len: '12' },
    ]);
    const arrived = (await debrief.diagram.rows()).filter(({ what }) => what === say('diagram_row_arrived'));
    expect(arrived.map(({ flags }) => flags)).toEqual([
      ...['SYN', 'SYN, ACK', 'RST', 'SYN, ACK', 'ACK', 'RST', 'ACK'],
      ...['PSH, ACK', 'ACK', 'PSH, ACK', 'ACK', 'PSH, ACK', 'ACK'],
      ...['FIN, ACK', 'ACK', 'FIN, ACK', 'ACK'],
    ]);
    expect((await debrief.diagram.rows()).findLast(({ state }) => state !== '')?.state).toBe('CLOSED');
  }
});

/** Waits until 2MSL is over and everybody looks back, with the diagram as a table. */
async function debriefed(teacher: Teacher, students: readonly Student[]) {
  await students[0]!.debrief.expectOpen();
  await teacher.watch();
  for (const { debrief } of [teacher, ...students]) {
    await debrief.expectOpen();
    await debrief.diagram.showTable();
  }
  return [teacher, ...students];
}
