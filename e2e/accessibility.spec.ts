import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { tabTo } from './keyboard.ts';
import type { Language } from './pages/words.ts';

const HANDSHAKE: Readonly<Record<Language, string>> = { en: 'The three-way handshake', 'zh-CN': '三次握手' };
const LIFE: Readonly<Record<Language, string>> = { en: 'A whole life', 'zh-CN': '完整的一生' };

for (const language of ['en', 'zh-CN'] as const) {
  test(`no page breaks a rule of WCAG 2.2 AA, light or dark, in ${language}`, async ({ lesson }) => {
    const found: string[] = [];
    const look = async (where: string, page: Page) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        found.push(...(await violations(page)).map((line) => `${where}, ${colorScheme}: ${line}`));
      }
    };

    const teacher = await lesson.open({ language });
    await look('classroom', teacher.page);
    const ana = await lesson.visitor('Ana', { device: 'phone', language });
    await ana.page.goto(lesson.url);
    await look('home', ana.page);
    await ana.page.goto(`${lesson.url}/join/${lesson.code}`);
    await look('join', ana.page);
    await ana.joinByCode(lesson.url, lesson.code);
    await look('lobby', ana.page);
    const bo = await lesson.join('Bo', { language });
    const li = await lesson.join('Li', { language });

    await teacher.planRound(LIFE[language], 'triples');
    await look('classroom with a round drawn up', teacher.page);
    await teacher.seat('Ana', 'client');
    await teacher.seat('Bo', 'server');
    await ana.expectSeatIs('client');
    await look('lobby with a seat', ana.page);
    await teacher.start();
    await ana.endpoint.expectCall('connect()');
    await ana.endpoint.send(`S ${(await ana.endpoint.iss()) + 1}`);
    await expect(ana.endpoint.verdict('wrong')).toBeVisible();
    await look("an end's seat with a verdict", ana.page);
    await ana.endpoint.send(`S ${await ana.endpoint.iss()}`);
    await expect(ana.endpoint.question).toBeVisible();
    await teacher.pace(0.25);
    await look('the question for the state', ana.page);
    await ana.endpoint.label('SYN-SENT');
    await bo.endpoint.pick('SYN', 'client');
    await look('a segment that was chosen', bo.page);
    await bo.endpoint.diagram.showTable();
    await bo.endpoint.arrival('SYN');
    await look("an end's seat, wide, with the table", bo.page);
    await bo.endpoint.send(`S. ${await bo.endpoint.iss()} ack ${await bo.endpoint.tcb('RCV.NXT')}`);
    await li.link.drop('SYN,ACK');
    await look("the link's seat with a question", li.page);
    await look('classroom in play', teacher.page);
    await teacher.watch();
    await look('a table that is watched', teacher.page);
    await teacher.backToTables();
    await teacher.endRound();
    await ana.debrief.expectOpen();
    await look('debrief', ana.page);
    await ana.debrief.diagram.showTable();
    await look('debrief, the table', ana.page);
    await teacher.watch();
    await teacher.debrief.expectOpen();
    await look('debrief, wide', teacher.page);

    expect(found).toEqual([]);
  });
}

test('a handshake is played from the first page to the debrief with nothing but the keyboard', async ({
  lesson,
}) => {
  const { page, say, endpoint, debrief } = await lesson.visitor('Ana');
  await page.goto(lesson.url);
  await tabTo(page.getByRole('link', { name: say('home_practise') }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: say('practice_title') })).toBeVisible();
  const exercise = page.getByRole('button', { name: HANDSHAKE.en });
  await expect(exercise).toBeVisible();
  await tabTo(exercise);
  await page.keyboard.press('Enter');

  await endpoint.expectCall('connect()');
  await tabTo(endpoint.form.getByRole('textbox', { name: say('end_seq') }));
  await page.keyboard.type(String(await endpoint.iss()));
  await page.keyboard.press('s');
  await page.keyboard.press('Enter');
  await tabTo(endpoint.question.getByRole('button', { name: 'SYN-SENT' }));
  await page.keyboard.press('Enter');

  await expect(endpoint.diagram.segment('SYN,ACK', 'server')).toBeVisible();
  const [seq, ack] = [await endpoint.tcb('SND.NXT'), await endpoint.tcb('RCV.NXT')];
  await page.keyboard.press('/');
  await expect(endpoint.line).toBeFocused();
  await page.keyboard.type(`. ${seq} ack ${ack}`);
  await page.keyboard.press('Enter');
  await tabTo(endpoint.question.getByRole('button', { name: 'ESTABLISHED' }));
  await page.keyboard.press('Enter');
  await debrief.expectOpen();
  await debrief.expectNoneWrong();
  await tabTo(debrief.playButton);
  await page.keyboard.press('Enter');
  await debrief.expectReplayed();
});

test('what the judge makes of an answer is heard, the same words again too, and why the round ended', async ({
  lesson,
}) => {
  const teacher = await lesson.open();
  const ana = await lesson.join('Ana');
  await lesson.begin(HANDSHAKE.en, { client: ana });
  const { page, say, endpoint } = ana;
  await endpoint.expectCall('connect()');
  await endpoint.send('. 1 ack 1');
  const why = say('fault_other', { given: 'ACK', needed: 'SYN' });
  const heard = page.getByRole('status').filter({ hasText: say('tell_wrong', { why }) });
  const words = heard.locator('span:not([data-heard])');
  await expect(words).toHaveCount(1);
  await words.evaluate((element) => element.setAttribute('data-heard', ''));
  await endpoint.send('. 1 ack 1');
  await expect(words).toHaveCount(1);

  await teacher.endRound();
  await ana.debrief.expectOpen();
  const end = say('tell_ended_stopped') + say('tell_stop');
  await expect(page.getByText(end, { exact: true })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: end })).toHaveCount(1);
});

test('whoever listens hears where they are taken: a seat, the round, a question to everybody', async ({
  lesson,
}) => {
  const teacher = await lesson.open();
  const ana = await lesson.join('Ana');
  const { page, say } = ana;
  const heard = (words: string) => page.getByRole('status').filter({ hasText: words });
  await expect(heard(say('lobby_title', { code: lesson.code }))).toHaveCount(1);
  await teacher.planRound(HANDSHAKE.en, 'triples');
  await teacher.seat('Ana', 'server');
  await expect(heard(say('seat_you_server'))).toHaveCount(1);
  await teacher.start();
  await expect(heard(`${say('seat_server')} · ${HANDSHAKE.en}`)).toHaveCount(1);

  await teacher.openQuestions();
  await teacher.page.getByRole('button', { name: say('poll_open') }).click();
  await expect(heard(`${say('vote_title')}. ${say('vote_first')}`)).toHaveCount(1);
  await teacher.poll('discuss');
  await expect(heard(say('vote_second'))).toHaveCount(1);
});

test('the keyboard goes on where it was, though what it pressed goes', async ({ lesson }) => {
  const teacher = await lesson.open();
  const ana = await lesson.join('Ana');
  const li = await lesson.join('Li');
  await lesson.begin('A whole life', { client: ana, link: li });
  const { link, page, say } = li;
  // A long way and slow time: it does not arrive while the keyboard is on its way, and once it is held not at
  // all.
  await page
    .getByRole('spinbutton', { name: say('linkseat_delay') })
    .first()
    .fill('10000');
  await page.keyboard.press('Tab');
  await link.applyButton.first().click();
  await expect(link.panel.getByText('10s').first()).toBeVisible();
  await ana.endpoint.expectCall('connect()');
  await teacher.pace(0.25);
  await ana.endpoint.send(`S ${await ana.endpoint.iss()}`);
  for (const act of ['hold', 'drop'] as const) {
    const button = link.act(act, 'SYN').first();
    await expect(button).toBeEnabled();
    await tabTo(button);
    await page.keyboard.press('Enter');
    await expect(button).toBeHidden();
    // Not at the top of the page.
    await expect(link.panel.and(page.locator(':focus-within'))).toBeVisible();
  }
});
