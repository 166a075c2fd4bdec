import { expect, test } from '../fixtures.ts';
import { Album, SIZES } from './album.ts';
import { LANGUAGES } from './languages.ts';

for (const [language, { names, more, life }] of LANGUAGES) {
  test(`every screen in ${language}`, async ({ lesson }) => {
    const album = new Album(language);
    const [first, ...others] = names;

    const ana = await lesson.visitor(first, { language });
    await ana.page.goto(lesson.url);
    await album.take('home', ana.page);
    await ana.page.goto(`${lesson.url}/nothing-here`);
    await album.take('lost', ana.page);

    await ana.page.goto(lesson.server.instructorUrl!);
    await expect(ana.page.getByRole('textbox', { name: ana.say('setup_name') })).toBeVisible();
    await album.take('setup', ana.page);
    await ana.page.goto(`${lesson.url}/login`);
    await album.take('login', ana.page);

    const teacher = await lesson.open({
      language,
      onList: async (page) => album.take('teach', page),
    });
    await album.take('classroom-empty', teacher.page);
    await ana.page.goto(`${lesson.url}/join/ZZZZZZ`);
    await ana.page.getByRole('textbox', { name: ana.say('join_name') }).fill(first);
    await ana.page.getByRole('button', { name: ana.say('join_go') }).click();
    await expect(ana.page.getByText(ana.say('refusal_classroom_not_found'))).toBeVisible();
    await album.take('join-refused', ana.page);
    // The browser itself notes a code that leads nowhere.
    expect(lesson.complaints.splice(0)).toEqual([expect.stringContaining('404 (Not Found)')]);
    await ana.page.goto(`${lesson.url}/join/${lesson.code}`);
    await album.take('join', ana.page);
    await ana.joinByCode(lesson.url, lesson.code);
    await album.take('lobby', ana.page);

    const [bo, chidi, dana] = [
      await lesson.join(others[0], { language }),
      await lesson.join(others[1], { language }),
      await lesson.join(others[2], { language }),
    ];
    await teacher.page.getByRole('button', { name: teacher.say('teach_show_large'), exact: true }).click();
    await album.take('classroom-code', teacher.page);
    await teacher.page.getByRole('button', { name: teacher.say('teach_close_large') }).click();
    await album.take('classroom', teacher.page);
    await teacher.page.getByRole('button', { name: teacher.say('settings_title') }).click();
    await album.take('classroom-settings', teacher.page);
    await teacher.page.keyboard.press('Escape');
    await teacher.openScreenSheet();
    await album.take('classroom-screen', teacher.page);
    await teacher.page.keyboard.press('Escape');
    const projector = await lesson.visitor('', { language });
    await projector.page.goto(await teacher.screenLink());
    await expect(projector.page.getByText(lesson.code.slice(0, 3)).first()).toBeVisible();
    await album.take('screen-code', projector.page, ['projector']);
    await teacher.planRound(life, 'fours');
    await teacher.seat(ana.name, 'client');
    await teacher.seat(bo.name, 'server');
    await teacher.seat(chidi.name, 'link');
    await teacher.seat(dana.name, 'referee');
    await album.take('classroom-plan', teacher.page);
    await ana.expectSeatIs('client');
    await album.take('lobby-seat', ana.page);

    await teacher.start();
    await teacher.pace(4);
    const { endpoint: client } = ana;
    const { endpoint: server } = bo;
    const { link } = chidi;
    await client.expectCall('connect()');
    const x = await client.iss();
    await album.take('end-called', ana.page);
    await client.send(`S. ${x} ack 0`);
    await expect(client.verdict('wrong')).toBeVisible();
    await album.take('end-wrong', ana.page);
    const call = dana.page.getByRole('button', { name: dana.say('referee_call_of', { segment: '' }) });
    await expect(call).toBeVisible();
    await album.take('referee-open', dana.page);
    await call.click();
    await expect(dana.page.getByText(dana.say('referee_right'))).toBeVisible();
    await album.take('referee-ruling', dana.page);
    await client.send(`S ${x}`);
    await expect(client.question).toBeVisible();
    await album.take('end-state', ana.page);
    await client.label('SYN-SENT');
    await album.take('end-waiting', ana.page);

    await expect(server.diagram.segment('SYN', 'client')).toBeVisible();
    const y = await server.iss();
    await album.take('end-arrived', bo.page);
    await server.pick('SYN', 'client');
    await album.take('end-picked', bo.page);
    await teacher.pace(0.25);
    await server.send(`S. ${y} ack ${x + 1}`);
    await expect(link.act('drop', 'SYN,ACK')).toBeVisible();
    await link.hold('SYN,ACK');
    await album.take('link-held', chidi.page);
    await link.drop('SYN,ACK');
    await album.take('link-question', chidi.page);
    await link.predict({ timer: 'client', again: 'SYN', client: 'SYN-SENT', server: 'SYN-RECEIVED' });
    await album.take('link-answered', chidi.page);
    const presets = chidi.page.getByRole('button', { name: chidi.say('linkseat_preset') }).first();
    await presets.click();
    await album.take('link-presets', chidi.page, ['laptop']);
    await chidi.page.keyboard.press('Escape');
    await chidi.page.setViewportSize(SIZES.phone);
    await chidi.page.getByRole('tab', { name: chidi.say('linkseat_to_server') }).click();
    await album.take('link-conditions', chidi.page, ['phone']);
    await presets.click();
    await album.take('link-presets', chidi.page, ['phone']);
    await chidi.page.keyboard.press('Escape');
    await chidi.page.setViewportSize(SIZES.laptop);
    await server.label('SYN-RECEIVED');

    await teacher.pace(4);
    await server.expectTimeOut('server', 'RTO');
    await album.take('end-time-out', bo.page);
    await server.send(`S. ${y} ack ${x + 1}`);
    await server.label('SYN-RECEIVED');
    await expect(client.diagram.segment('SYN,ACK', 'server')).toBeVisible();
    await client.send(`. ${x + 1} ack ${y + 1}`);
    await client.label('ESTABLISHED');
    await client.expectCall('write("GET /hello")');
    await client.write(`P. ${x + 1}(10) ack ${y + 1}`);
    await album.take('end-data', ana.page);
    await client.pressSend();
    await client.label('ESTABLISHED');
    await expect(server.diagram.segment('PSH,ACK', 'client')).toBeVisible();
    await server.send(`. ${y + 1} ack ${x + 11}`);
    await server.label('ESTABLISHED');
    await ana.page.getByRole('button', { name: ana.say('seat_menu') }).click();
    await album.take('end-menu', ana.page);
    await ana.page
      .getByRole('button', { name: ana.say('end_close') })
      .first()
      .click();
    await client.diagram.showTable();
    await album.take('end-table', ana.page);
    await album.take('referee', dana.page);
    await album.take('classroom-play', teacher.page);
    await teacher.watch();
    await album.take('table-watched', teacher.page);
    await teacher.backToTables();
    await teacher.pause();
    await album.take('classroom-paused', teacher.page);
    await album.take('end-paused', bo.page);
    await album.take('link-paused', chidi.page);
    await teacher.goOn();
    await teacher.endRound();

    await ana.debrief.expectOpen();
    await album.take('debrief', ana.page);
    await ana.debrief.diagram.segment('SYN,ACK', 'server').first().click();
    await album.take('debrief-segment', ana.page);
    await ana.debrief.diagram.showTable();
    await album.take('debrief-table', ana.page);
    await teacher.watch();
    await teacher.debrief.expectOpen();
    await album.take('debrief-teacher', teacher.page);
    await teacher.backToTables();

    // Many tables at once: each with one person and bots.
    for (const name of more) await lesson.join(name, { language });
    await teacher.planRound(life, 'alone');
    await album.take('classroom-plan-alone', teacher.page);
    await teacher.start();
    await teacher.pace(4);
    await ana.page
      .getByRole('link', { name: ana.say('play_go') })
      .or(ana.endpoint.form)
      .first()
      .waitFor();
    await album.take('next-round', ana.page);
    await album.take('classroom-tables', teacher.page);
    await teacher.showOnScreen('progress');
    await album.take('screen-progress', projector.page, ['projector']);
    await teacher.watch();
    await teacher.page.getByRole('button', { name: teacher.say('screen_put_table') }).click();
    await expect(projector.page.getByRole('group', { name: projector.say('diagram_name') })).toBeVisible();
    await album.take('screen-table', projector.page, ['projector']);
    await teacher.backToTables();
    await teacher.openQuestions();
    await teacher.page.getByRole('button', { name: teacher.say('poll_open') }).click();
    await expect(teacher.page.getByRole('button', { name: teacher.say('poll_reveal') })).toBeVisible();
    await album.take('poll-teacher', teacher.page);
    await album.take('poll-seat', bo.page);
    await album.take('screen-poll', projector.page, ['projector']);
    await teacher.page.getByRole('button', { name: teacher.say('poll_close'), exact: true }).click();
    await teacher.endRound();
    await album.take('classroom-over', teacher.page);
    await teacher.showOnScreen('debrief');
    await album.take('screen-debrief', projector.page, ['projector']);
    await teacher.closeClassroom();
    await expect(dana.page.getByText(dana.say('gone_closed'))).toBeVisible();
    await album.take('gone', dana.page);
    await album.take('teach-list', teacher.page);

    const eve = await lesson.visitor('Eve', { language });
    await eve.page.goto(lesson.url);
    await eve.page.getByRole('link', { name: eve.say('home_practise') }).click();
    await expect(eve.page.getByRole('list').getByRole('button').first()).toBeVisible();
    await album.take('practice', eve.page);
    await eve.page.getByRole('list').getByRole('button').filter({ hasText: life }).first().click();
    await eve.endpoint.expectReady();
    await album.take('practice-seat', eve.page);

    album.check();
  });
}
