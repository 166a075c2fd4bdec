import { expect, test } from '../fixtures.ts';
import { Projector } from '../pages/projector.ts';
import { Album } from './album.ts';
import { LANGUAGES } from './languages.ts';

/** Without a network, and for a code that leads nowhere, the browser itself has something to say. */
const EXPECTED = /ERR_INTERNET_DISCONNECTED|WebSocket connection to .* failed|404 \(Not Found\)/;

for (const [language, { names, more, life }] of LANGUAGES) {
  test(`who comes and goes, in ${language}`, async ({ lesson }) => {
    const album = new Album(language);
    const way = { language };
    const teacher = await lesson.open(way);
    const ana = await lesson.join(names[0], way);
    const bo = await lesson.join(names[1], way);
    const screen = new Projector((await lesson.visitor('', way)).page, ana.say);
    await screen.page.goto(await teacher.screenLink());
    await screen.expectSays(lesson.code.slice(0, 3));

    // Locked: nobody new.
    await teacher.lock(true);
    await expect(ana.page.getByText(ana.say('lobby_locked'))).toBeVisible();
    await screen.expectSays(screen.say('screen_locked'));
    await album.take('classroom-locked', teacher.page);
    await album.take('lobby-locked', ana.page, ['phone']);
    await album.take('screen-locked', screen.page, ['projector']);
    await teacher.lock(false);

    // Late: for the next round, or at once in a bot's place.
    await teacher.latecomersPlay('next');
    await teacher.planRound(life, 'triples');
    await teacher.seat(ana.name, 'client');
    await teacher.seat(bo.name, 'server');
    await teacher.start();
    const late = await lesson.join(more[0], way);
    await expect(late.page.getByText(late.say('lobby_round_on'))).toBeVisible();
    await album.take('lobby-late', late.page);
    await album.take('classroom-late', teacher.page);
    await teacher.latecomersPlay('at_once');
    const later = await lesson.visitor(more[1], way);
    await later.askToJoin(lesson.url, lesson.code);
    await expect(later.page.getByRole('heading', { name: later.say('seat_you_link') })).toBeVisible();
    await album.take('seat-late', later.page);

    // Offline: one's seat is kept for two minutes, then lent.
    await ana.endpoint.expectCall('connect()');
    const x = await ana.endpoint.iss();
    await ana.endpoint.send(`S ${x}`);
    await ana.endpoint.label('SYN-SENT');
    await ana.page.context().setOffline(true);
    await screen.page.context().setOffline(true);
    await expect(ana.disconnected).toBeVisible();
    await album.take('end-offline', ana.page);
    await teacher.expectAway(ana.name);
    await album.take('classroom-away', teacher.page);
    await expect(screen.page.getByText(screen.say('screen_offline'))).toBeVisible();
    await album.take('screen-offline', screen.page, ['projector']);
    await screen.page.context().setOffline(false);
    await teacher.page.context().setOffline(true);
    await expect(teacher.disconnected).toBeVisible();
    await album.take('classroom-offline', teacher.page);
    await teacher.page.context().setOffline(false);
    await expect(teacher.disconnected).toBeHidden({ timeout: 20_000 });
    await expect(bo.endpoint.diagram.segment('SYN', 'client').first()).toBeVisible();
    await bo.endpoint.send(`S. ${await bo.endpoint.iss()} ack ${x + 1}`);
    await bo.endpoint.label('SYN-RECEIVED');

    await expect(teacher.page.getByText(teacher.say('teach_seat_away')).first()).toBeVisible({
      timeout: 180_000,
    });
    // The bot goes on where she left.
    await expect(bo.endpoint.diagram.segmentsFrom('client').nth(1)).toBeVisible({ timeout: 30_000 });
    await album.take('classroom-lent', teacher.page);
    await teacher.watch();
    await album.take('table-lent', teacher.page);
    await teacher.backToTables();
    await album.take('end-mate-lent', bo.page);
    await bo.page.getByRole('button', { name: bo.say('seat_menu') }).click();
    await album.take('end-mate-lent-menu', bo.page, ['phone']);
    await bo.page.keyboard.press('Escape');
    await ana.page.context().setOffline(false);
    await expect(ana.disconnected).toBeHidden({ timeout: 20_000 });
    await expect(ana.page.getByText(ana.say('end_bot_was_here'))).toBeVisible();
    await album.take('end-returned', ana.page);

    // A second tab has the seat; the first is told.
    const tab = await bo.page.context().newPage();
    await tab.goto(`${lesson.url}/play`);
    await expect(bo.page.getByText(bo.say('gone_moved'))).toBeVisible();
    await album.take('gone-moved', bo.page, ['phone']);
    await tab.close();

    await teacher.page
      .getByRole('button', { name: teacher.say('teach_person') })
      .filter({ has: teacher.page.getByText(late.name, { exact: true }) })
      .click();
    await album.take('classroom-person', teacher.page);
    await teacher.page
      .getByRole('button', { name: teacher.say('teach_remove', { name: late.name }) })
      .click();
    await album.take('classroom-remove', teacher.page);
    await teacher.page
      .getByRole('alertdialog')
      .getByRole('button', { name: teacher.say('teach_remove_go') })
      .click();
    await expect(late.page.getByText(late.say('gone_removed'))).toBeVisible();
    await album.take('gone-removed', late.page, ['phone']);

    await teacher.endRound();
    await teacher.closeClassroom();
    await expect(screen.page.getByText(screen.say('screen_over'))).toBeVisible();
    await album.take('screen-over', screen.page, ['projector']);
    await teacher.enterClassroom(lesson.code);
    await album.take('classroom-closed', teacher.page);

    lesson.complaints.splice(0, Infinity, ...lesson.complaints.filter((said) => !EXPECTED.test(said)));
    album.check();
  });
}
