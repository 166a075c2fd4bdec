import { expect, test } from './fixtures.ts';
import type { Student } from './pages/student.ts';
import type { SeatedTable } from './pages/teacher.ts';

/** Seven browsers play three rounds, at the pace of people and four times as fast. */
const WHOLE_LESSON_MS = 240_000;
const OFFLINE_MS = 20_000;

/**
 * What a browser says to its console without a network, and when it is not let in; anything else would be a
 * complaint.
 */
const EXPECTED = /ERR_INTERNET_DISCONNECTED|WebSocket connection to .* failed|403 \(Forbidden\)/;

const WHY_THREE = 'Why does opening a connection take three segments, and not two?';
const RIGHT = /So that both initial sequence numbers are acknowledged/;
const WRONG = /So that both sides have said hello/;

test('a whole lesson: three rounds, a late one, a lost one, one removed, a vote, and the projector', async ({
  lesson,
}) => {
  test.setTimeout(WHOLE_LESSON_MS);
  let teacher = await lesson.open();
  await teacher.latecomersPlay('at_once');
  const early = await Promise.all([
    lesson.join('Ana', { device: 'phone' }),
    lesson.join('Bo'),
    lesson.join('Chidi', { device: 'phone' }),
    lesson.join('Dana'),
    lesson.join('王伟'),
  ]);
  const names = ['Ana', 'Bo', 'Chidi', 'Dana', '王伟', 'Fatima'];
  const screen = await lesson.openScreen();

  await test.step('the screen shows how to come in, and nobody by name unless that is allowed', async () => {
    await screen.expectSays(teacher.say('screen_here', { n: 5 }));
    await screen.expectNoneOf(names);
    await screen.expectNoControls();
    await teacher.nameOnScreen(true);
    await screen.expectNames(early.map(({ name }) => name));
    await teacher.nameOnScreen(false);
    await screen.expectNoneOf(names);
  });

  const rounds: (readonly SeatedTable[])[] = [];
  const fatima = await lesson.visitor('Fatima');
  const students = [...early, fatima];

  await test.step('first round: one comes late and takes a bot’s seat; a pause; a mistake', async () => {
    await teacher.planRound('The three-way handshake', 'triples');
    await teacher.start();
    await teacher.pace(4);
    await fatima.askToJoin(lesson.url, lesson.code);
    await teacher.expectHere('Fatima');
    await teacher.showSeats();
    await expect(teacher.page.getByText(teacher.say('teach_bot'), { exact: true }).filter({ visible: true })).toHaveCount(0); // prettier-ignore
    rounds.push(await teacher.seated(2));
    const [first, second] = seatedStudents(rounds[0]!, students);

    await teacher.pause();
    for (const { page, say } of students)
      await expect(page.getByText(say('end_paused')).first()).toBeVisible();
    await teacher.goOn();

    await Promise.all([shakeHands(first!, { mistaken: true }), shakeHands(second!)]);
    await Promise.all(students.map(({ debrief }) => debrief.expectOpen()));
    const slip = teacher.page.locator('summary').filter({ hasText: teacher.say('slip_M01') });
    await expect(slip).toBeVisible();
  });

  await test.step('the class votes, talks, and votes again; nobody sees how until it is revealed', async () => {
    await teacher.endRound();
    await teacher.askQuestion(WHY_THREE);
    await screen.expectSays(WHY_THREE);
    await vote(students, (i) => (i < 3 ? RIGHT : WRONG));
    await teacher.expectVotes(6);
    await expect(teacher.page.getByText(teacher.say('poll_talk', { share: 50 }))).toBeVisible();
    await expectNoResults(students);
    await screen.expectNoneOf(['%', '✓']);

    await teacher.poll('discuss');
    await screen.expectSays(teacher.say('screen_vote_second'));
    await vote(students, (i) => (i < 5 ? RIGHT : WRONG));
    await teacher.expectVotes(6);
    await expectNoResults(students);
    await screen.expectNoneOf(['%', '✓']);

    await teacher.poll('reveal');
    for (const { page } of [screen, ...students]) {
      await expect(page.getByText('50%').filter({ visible: true }).first()).toBeVisible();
      await expect(page.getByText('83%').filter({ visible: true }).first()).toBeVisible();
    }
    await screen.expectNoControls();
    await teacher.poll('close');
    for (const { page } of students) await expect(page.getByText('83%')).toHaveCount(0);
  });

  await test.step('second round: one is offline for 20 s, one refreshes, the instructor’s page is killed', async () => {
    await teacher.planRound('The SYN is lost', 'triples');
    rounds.push(await teacher.seated(2));
    const [first, second] = seatedStudents(rounds[1]!, students);
    await teacher.start();
    await teacher.pace(4);
    await teacher.showOnScreen('progress');
    await screen.expectSays(teacher.say('screen_done', { ended: 0, all: 2 }));
    await screen.expectNoneOf(names);

    // The SYN of each is lost. At one table the client hears nothing more of the class either.
    const lost = first!.client;
    await lost.toSeat();
    const x = await lost.endpoint.iss();
    await lost.endpoint.expectCall('connect()');
    await lost.endpoint.send(`S ${x}`);
    await lost.endpoint.label('SYN-SENT');
    await lost.page.context().setOffline(true);
    const since = await lost.page.evaluate(() => performance.now());
    await expect(lost.disconnected).toBeVisible();

    teacher = await lesson.reopen();
    await expect(teacher.page.getByText(teacher.say('teach_running'))).toBeVisible();
    await teacher.expectPace(4);
    await teacher.expectAway(lost.name);

    // The other table plays on, and its server reloads the page while it has a segment to answer.
    await shakeHands(second!, {
      lostSyn: true,
      async meanwhile() {
        await second!.server.page.reload();
      },
    });
    await second!.client.debrief.expectOpen();
    await screen.expectSays(teacher.say('screen_done', { ended: 1, all: 2 }));

    await lost.page.waitForFunction((until) => performance.now() >= until, since + OFFLINE_MS);
    await lost.page.context().setOffline(false);
    await expect(lost.disconnected).toBeHidden({ timeout: 20_000 });
    // Its timer has run out in the meantime; nothing of what it did is missing.
    await lost.endpoint.expectTimeOut('client', 'RTO');
    await shakeHands(first!, { sent: x });
    await lost.debrief.expectOpen();
  });

  const removed = await test.step('third round: one is removed, and the others play to the end', async () => {
    await teacher.endRound();
    await teacher.planRound('Nobody listens', 'triples');
    rounds.push(await teacher.seated(2));
    const [first, second] = seatedStudents(rounds[2]!, students);
    await teacher.start();
    await teacher.pace(4);
    const gone = first!.link;
    await teacher.remove(gone.name);
    await expect(gone.page.getByText(gone.say('gone_removed'))).toBeVisible();
    // Neither as the one they were, nor as a new one, of that name or another.
    await gone.page.reload();
    for (const name of [gone.name, 'Zoe']) {
      await gone.askToJoin(lesson.url, lesson.code, name);
      await expect(gone.page.getByText(gone.say('refusal_player_removed'))).toBeVisible();
    }
    await Promise.all([knock(first!), knock(second!)]);
    const left = students.filter((student) => student !== gone);
    await Promise.all(left.map(({ debrief }) => debrief.expectOpen()));
    return gone;
  });

  await test.step('everybody has sat at every seat', () => {
    for (const name of names) {
      const sat = rounds.flatMap((tables) =>
        tables.flatMap((table) =>
          (['client', 'server', 'link'] as const).filter((seat) => table[seat] === name),
        ),
      );
      expect(sat.toSorted(), name).toEqual(['client', 'link', 'server']);
    }
  });

  await test.step('what happened is there to take home', async () => {
    await teacher.endRound();
    await teacher.chooseRound(1, 'The three-way handshake');
    const [head, ...lines] = (await teacher.export('CSV')).trim().split(/\r?\n/);
    expect(head).toContain('Misconceptions');
    const stayed = names.filter((name) => name !== removed.name);
    for (const name of stayed)
      expect(
        lines.filter((line) => line.includes(name)),
        name,
      ).toHaveLength(1);
    expect(lines.filter((line) => line.includes('M01'))).toEqual([
      expect.stringContaining(rounds[0]![0]!.server),
    ]);
    const kept = JSON.parse(await teacher.export('JSON')) as object;
    expect(JSON.stringify(kept)).toContain('three-way-handshake');
    await teacher.showOnScreen('debrief');
    await screen.expectSays(teacher.say('screen_slips'));
    await screen.expectNoneOf(names);
    await screen.expectNoControls();
    await teacher.closeClassroom();
    await screen.expectSays(teacher.say('screen_over'));
  });

  expect(lesson.complaints.splice(0).filter((complaint) => !EXPECTED.test(complaint))).toEqual([]);
});

interface People {
  readonly client: Student;
  readonly server: Student;
  readonly link: Student;
}

function seatedStudents(tables: readonly SeatedTable[], students: readonly Student[]): readonly People[] {
  const find = (name: string) => students.find((student) => student.name === name)!;
  return tables.map(({ client, server, link }) => ({
    client: find(client),
    server: find(server),
    link: find(link),
  }));
}

interface Course {
  /** The server acknowledges the SYN's own number first. */
  readonly mistaken?: boolean;
  /** The first SYN is lost, and comes again when the timer has run out. */
  readonly lostSyn?: boolean;
  /** The number of a SYN that has been sent already, and whose timer has run out. */
  readonly sent?: number;
  /** Once the SYN has arrived. */
  readonly meanwhile?: () => Promise<void>;
}

/** Opens a connection between two people. */
async function shakeHands(
  { client, server }: People,
  { mistaken = false, lostSyn = false, sent, meanwhile }: Course = {},
): Promise<void> {
  await Promise.all([client.toSeat(), server.toSeat()]);
  const { endpoint: a } = client;
  const { endpoint: b } = server;
  await a.expectCall('connect()');
  const x = sent ?? (await a.iss());
  await a.send(`S ${x}`);
  await a.label('SYN-SENT');
  if (lostSyn) {
    await a.expectTimeOut('client', 'RTO');
    await a.send(`S ${x}`);
    await a.label('SYN-SENT');
  }
  await expect(b.diagram.segment('SYN', 'client').last()).toBeVisible({ timeout: 20_000 });
  await meanwhile?.();
  const y = await b.iss();
  if (mistaken) {
    await b.send(`S. ${y} ack ${x}`);
    await b.readVerdict('wrong');
  }
  await b.send(`S. ${y} ack ${x + 1}`);
  await b.label('SYN-RECEIVED');
  await expect(a.diagram.segment('SYN,ACK', 'server').last()).toBeVisible({ timeout: 20_000 });
  await a.send(`. ${x + 1} ack ${y + 1}`);
  await a.label('ESTABLISHED');
}

/** A SYN to a port where nobody listens, and its answer. */
async function knock({ client, server }: People): Promise<void> {
  await Promise.all([client.toSeat(), server.toSeat()]);
  const { endpoint: a } = client;
  const { endpoint: b } = server;
  await a.expectCall('connect()');
  const x = await a.iss();
  await a.send(`S ${x}`);
  await a.label('SYN-SENT');
  await expect(b.diagram.segment('SYN', 'client')).toBeVisible({ timeout: 20_000 });
  await b.send(`R. 0 ack ${x + 1}`);
  await b.label('CLOSED');
}

async function vote(students: readonly Student[], choiceOf: (i: number) => RegExp): Promise<void> {
  await Promise.all(
    students.map(async (student, i) => {
      await student.lookAtQuestion(WHY_THREE);
      await student.vote(choiceOf(i));
    }),
  );
}

/** No share of the votes stands on a student's page. */
async function expectNoResults(students: readonly Student[]): Promise<void> {
  for (const { page } of students) {
    await expect(page.getByText(/\d %/).filter({ visible: true })).toHaveCount(0);
  }
}
