import { startLabServer } from '../lab-server.ts';
import { expect, test } from '../fixtures.ts';
import type { Student } from '../pages/student.ts';
import { Projector } from '../pages/projector.ts';
import { Album } from './album.ts';
import { LANGUAGES } from './languages.ts';

/** A PIN that is missing, as the browser itself notes it. */
const EXPECTED = /401 \(Unauthorized\)/;

for (const [language, { names, more, bluff, flood, whyThree }] of LANGUAGES) {
  const way = { language };

  test(`bluffs, and a question to everybody, in ${language}`, async ({ lesson }) => {
    const album = new Album(language);
    const teacher = await lesson.open(way);
    await album.take('classroom-nobody', teacher.page);
    const students: Student[] = [];
    for (const name of names) students.push(await lesson.join(name, way));
    const [ana, bo, chidi, dana] = students as [Student, Student, Student, Student];
    const screen = new Projector((await lesson.visitor('', way)).page, ana.say);
    await screen.page.goto(await teacher.screenLink());
    await teacher.nameOnScreen(true);
    await screen.expectNames([ana.name]);
    await album.take('screen-code-names', screen.page, ['projector']);

    await teacher.planRound(bluff, 'pairs');
    await teacher.seat(ana.name, 'client');
    await teacher.seat(bo.name, 'server');
    await teacher.start();
    await teacher.pace(4);
    await ana.endpoint.expectCall('connect()');
    const x = await ana.endpoint.iss();
    await ana.endpoint.write(`S ${x + 7}`);
    await ana.page.getByRole('checkbox', { name: ana.say('end_bluff') }).check();
    await album.take('end-bluff', ana.page);
    await ana.page.setViewportSize({ width: 360, height: 640 });
    await ana.page.getByRole('button', { name: ana.say('end_line') }).click();
    await album.take('end-bluff-line', ana.page, ['low']);
    await ana.endpoint.pressSend();
    await album.take('end-bluff-out', ana.page);
    await bo.endpoint.pick('SYN', 'client');
    await expect(bo.page.getByRole('button', { name: bo.say('end_call_bluff') })).toBeVisible();
    await album.take('end-bluff-arrived', bo.page);
    await bo.page.getByRole('button', { name: bo.say('end_call_bluff') }).click();
    await expect(bo.page.getByText(bo.say('end_called_right'))).toBeVisible();
    await album.take('end-bluff-called', bo.page);
    await ana.page.setViewportSize({ width: 1280, height: 800 });

    // A question while a round is played, and after it: think, talk, see.
    await teacher.openQuestions();
    await teacher.page
      .getByRole('combobox', { name: teacher.say('poll_source') })
      .selectOption({ label: teacher.say('poll_classic') });
    await teacher.askQuestion(whyThree);
    await album.take('end-question', ana.page);
    await ana.lookAtQuestion(whyThree);
    await album.take('end-question-open', ana.page);
    await ana.page.keyboard.press('Escape');
    await teacher.endRound();
    const vote = async (student: Student, choice: number) => {
      await student.lookAtQuestion(whyThree);
      await student.page
        .locator('label')
        .filter({ has: student.page.getByRole('radio') })
        .nth(choice)
        .click();
    };
    await ana.debrief.expectOpen();
    await album.take('debrief-question', ana.page, ['phone']);
    for (const [i, student] of students.entries()) await vote(student, i % 2);
    await teacher.expectVotes(4);
    await album.take('classroom-vote', teacher.page);
    await album.take('vote-first', dana.page);
    await album.take('screen-vote', screen.page, ['projector']);
    await teacher.poll('discuss');
    await screen.expectSays(screen.say('screen_vote_second'));
    await album.take('vote-second', chidi.page, ['phone']);
    await album.take('screen-vote-second', screen.page, ['projector']);
    for (const student of students) await vote(student, 1);
    await teacher.expectVotes(4);
    await teacher.poll('reveal');
    await expect(
      dana.page.getByText(dana.say('vote_revealed')).filter({ visible: true }).first(),
    ).toBeVisible();
    await album.take('classroom-revealed', teacher.page);
    await album.take('vote-revealed', dana.page);
    await album.take('screen-revealed', screen.page, ['projector']);
    album.check();
  });

  test(`a class list with PINs, and a flood, in ${language}`, async ({ lesson }) => {
    const album = new Album(language);
    const teacher = await lesson.open(way);
    const sheet = await teacher.openSettings();
    await sheet.getByRole('radio', { name: teacher.say('settings_names_roster') }).check();
    const list = sheet.getByRole('textbox', { name: teacher.say('settings_roster_paste') });
    await list.waitFor();
    await album.take('roster-empty', teacher.page);
    await list.fill([...names, ...more].join('\n'));
    await list.scrollIntoViewIfNeeded();
    await album.take('roster-filled', teacher.page);
    await sheet.locator('form').getByRole('button').first().click();
    const pins = sheet.getByText(teacher.say('settings_pins_once'));
    await pins.waitFor();
    await pins.scrollIntoViewIfNeeded();
    await album.take('roster-pins', teacher.page);
    await teacher.page.emulateMedia({ media: 'print' });
    await album.take('roster-print', teacher.page, ['laptop']);
    await teacher.page.emulateMedia({ media: 'screen' });
    await teacher.putAway(sheet);
    await album.take('classroom-roster', teacher.page);
    const ana = await lesson.visitor(names[0], way);
    await ana.askToJoin(lesson.url, lesson.code);
    await expect(ana.page.getByText(ana.say('refusal_pin_required'))).toBeVisible();
    await album.take('join-pin', ana.page);

    const eve = await lesson.visitor('Eve', way);
    await eve.page.goto(lesson.url);
    await eve.page.getByRole('link', { name: eve.say('home_practise') }).click();
    await eve.page
      .locator('label')
      .filter({ hasText: eve.say('seat_server') })
      .click();
    await eve.page.getByRole('list').getByRole('button').filter({ hasText: flood }).first().click();
    await expect(eve.page.getByText(eve.say('end_backlog_full'))).toBeVisible();
    await album.take('end-flood', eve.page);
    await album.take('end-flood-low', eve.page, ['low']);

    lesson.complaints.splice(0, Infinity, ...lesson.complaints.filter((said) => !EXPECTED.test(said)));
    album.check();
  });

  test(`twelve tables of bots, in ${language}`, async ({ lesson }) => {
    const album = new Album(language);
    const demo = await startLabServer({ demo: 12 });
    try {
      const { page, say } = await lesson.visitor('', way);
      lesson.url = demo.url;
      await page.goto(demo.instructorUrl!);
      await expect(page.getByText(say('teach_running'))).toBeVisible();
      const slip = page
        .locator('section')
        .filter({ has: page.getByRole('heading', { name: say('slips_title') }) })
        .locator('summary')
        .first();
      await slip.click({ timeout: 60_000 });
      await album.take('demo-misconceptions', page, ['laptop']);
      await album.take('demo', page);
      await page.getByRole('button', { name: say('acts_all_tables') }).click();
      await album.take('demo-all-tables', page);
      await page.close();
    } finally {
      await demo.dispose();
    }
    album.check();
  });
}
