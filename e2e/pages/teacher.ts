import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { Debrief } from './debrief.ts';
import { Diagram } from './diagram.ts';
import type { Say } from './words.ts';

/** Where people sit in these classes. */
export type Chair = 'client' | 'server' | 'link' | 'referee';
/** One table's chairs, with the name that stands on each: a person's, or the bot's. */
export type SeatedTable = Readonly<Record<'client' | 'server' | 'link', string>>;
type Seating = 'pairs' | 'triples' | 'fours' | 'alone';

/** The instructor, at the page from which a class is held. */
export class Teacher {
  readonly page: Page;
  readonly say: Say;
  /** Of the table that is watched. */
  readonly diagram: Diagram;
  readonly debrief: Debrief;

  constructor(page: Page, say: Say) {
    this.page = page;
    this.say = say;
    this.diagram = new Diagram(page, say);
    this.debrief = new Debrief(page, say);
  }

  /** Says that the lab cannot be reached: what one sees may be old. */
  get disconnected(): Locator {
    return this.page.getByText(this.say('teach_offline'));
  }

  /** Uses the link that the server printed when it started, and chooses how to log in from now on. */
  async begin(instructorUrl: string): Promise<void> {
    await this.page.goto(instructorUrl);
    await this.page.getByRole('textbox', { name: this.say('setup_name') }).fill('Kim');
    await this.page.getByLabel(this.say('setup_password'), { exact: true }).fill('four words of a song');
    await this.page.getByRole('button', { name: this.say('setup_go') }).click();
    await expect(this.page.getByRole('heading', { name: this.say('teach_title') })).toBeVisible();
  }

  /** Opens a classroom, and gives the code on the wall. */
  async openClassroom(): Promise<string> {
    await this.page.getByRole('button', { name: this.say('teach_open') }).click();
    const heading = this.page.getByRole('heading', { level: 1 });
    await expect(heading).toHaveText(/[A-Z0-9]{6}/);
    return /[A-Z0-9]{6}/.exec(await heading.innerText())![0];
  }

  /** From the list of classrooms. */
  async enterClassroom(code: string): Promise<void> {
    await this.page.getByRole('link', { name: code }).click();
    await expect(
      this.page.getByRole('heading', { name: this.say('teach_classroom', { code }) }),
    ).toBeVisible();
  }

  async expectHere(name: string): Promise<void> {
    await expect(this.page.getByRole('listitem').filter({ hasText: name }).first()).toBeVisible();
  }

  /** Draws up the next round while one is played. */
  async planNext(scenario: string, seating: Seating): Promise<void> {
    await this.planRound(scenario, seating);
  }

  /** Who sits where, as the seat plan says it. */
  async seated(tables: number): Promise<readonly SeatedTable[]> {
    const plan: SeatedTable[] = [];
    for (let n = 1; n <= tables; n++) {
      const at = async (seat: Chair) => this.#chair(seat, n).locator('option:checked').innerText();
      plan.push({ client: await at('client'), server: await at('server'), link: await at('link') });
    }
    return plan;
  }

  /** Opens the seat plan of the round that is played. */
  async showSeats(): Promise<void> {
    await this.#show('teach_seats');
  }

  /** Turns to one side of the rounds; where there is only one, it is shown. */
  async #show(side: 'teach_tables' | 'teach_seats' | 'teach_next_round'): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
    const tab = this.page.getByRole('tab', { name: this.say(side) });
    if ((await tab.count()) > 0) await tab.click();
  }

  /** The tables of a round that is over, where there have been several. */
  async chooseRound(n: number, title: string): Promise<void> {
    await this.#show('teach_tables');
    await this.page
      .getByRole('combobox', { name: this.say('teach_which_round') })
      .selectOption({ label: this.say('teach_round_n', { n, title }) });
  }

  async expectPace(rate: number): Promise<void> {
    await expect(this.page.getByRole('combobox', { name: this.say('teach_pace') })).toHaveValue(String(rate));
  }

  /** The roster says that somebody's connection is gone. */
  async expectAway(name: string): Promise<void> {
    const line = this.page.getByRole('listitem').filter({ hasText: name });
    await expect(line.getByText(this.say('teach_away'), { exact: true }).first()).toBeVisible({
      timeout: 40_000,
    });
  }

  #chair(seat: Chair, table: number): Locator {
    return this.page.getByRole('combobox', {
      name: this.say('teach_seat_of', { seat: this.say(`seat_${seat}`), n: table }),
    });
  }

  /** Draws up a round of one exercise, by its title. */
  async planRound(scenario: string, seating: Seating): Promise<void> {
    await this.#show('teach_next_round');
    await this.#option(scenario).click();
    await this.#option(this.say(`teach_${seating}`)).click();
    await this.page.getByRole('button', { name: this.say('teach_plan') }).click();
    await expect(this.page.getByRole('button', { name: this.say('teach_start') })).toBeVisible();
  }

  #option(title: string): Locator {
    return this.page
      .getByRole('group')
      .locator('label')
      .filter({ has: this.page.getByRole('radio') })
      .filter({ has: this.page.getByText(title, { exact: true }) });
  }

  /** Puts somebody on a chair; whoever sat there takes theirs. */
  async seat(name: string, seat: Chair, table = 1): Promise<void> {
    const chair = this.#chair(seat, table);
    if ((await chair.locator('option:checked').innerText()) === name) return;
    await chair.selectOption({ label: name });
    await expect(chair.locator('option:checked')).toHaveText(name);
    // Enabled again: whoever sat there has moved as well.
    await expect(chair).toBeEnabled();
  }

  async start(): Promise<void> {
    await this.page.getByRole('button', { name: this.say('teach_start') }).click();
    await expect(this.page.getByText(this.say('teach_running'))).toBeVisible();
  }

  /** Virtual seconds per second. */
  async pace(rate: 0.25 | 0.5 | 1 | 2 | 4): Promise<void> {
    const pace = this.page.getByRole('combobox', { name: this.say('teach_pace') });
    await pace.selectOption(String(rate));
    // Enabled again: the class has heard of it.
    await expect(pace).toBeEnabled();
  }

  async pause(): Promise<void> {
    await this.page.getByRole('button', { name: this.say('teach_pause') }).click();
    await expect(this.page.getByText(this.say('teach_paused'))).toBeVisible();
  }

  async goOn(): Promise<void> {
    await this.page.getByRole('button', { name: this.say('teach_resume') }).click();
    await expect(this.page.getByText(this.say('teach_running'))).toBeVisible();
  }

  async endRound(): Promise<void> {
    await this.page.getByRole('button', { name: this.say('teach_end'), exact: true }).click();
    const sure = this.page.getByRole('alertdialog', { name: this.say('teach_end_title') });
    await sure.getByRole('button', { name: this.say('teach_end'), exact: true }).click();
  }

  /** The sheet of somebody on the list. */
  async openPerson(name: string): Promise<Locator> {
    await this.page
      .getByRole('button', { name: this.say('teach_person') })
      .filter({ has: this.page.getByText(name, { exact: true }) })
      .click();
    const sheet = this.page.getByRole('dialog', { name });
    await expect(sheet).toBeVisible();
    return sheet;
  }

  /** Takes somebody off the list. */
  async remove(name: string): Promise<void> {
    const sheet = await this.openPerson(name);
    await sheet.getByRole('button', { name: this.say('teach_remove', { name }) }).click();
    const sure = this.page.getByRole('alertdialog', { name: this.say('teach_remove_title', { name }) });
    await sure.getByRole('button', { name: this.say('teach_remove_go') }).click();
    await expect(sure).toBeHidden();
  }

  /** Saves what happened in the round that is shown, and gives its lines. */
  async export(format: 'CSV' | 'JSON'): Promise<string> {
    await this.#show('teach_tables');
    const saved = this.page.waitForEvent('download');
    await this.page.getByRole('link', { name: this.say('teach_export', { format }) }).click();
    return readFile(await (await saved).path(), 'utf8');
  }

  /** Opens the list of questions that may be asked. */
  async openQuestions(): Promise<void> {
    const list = this.page.locator('details').filter({ hasText: this.say('poll_title') });
    if ((await list.getAttribute('open')) === null) await list.locator('summary').first().click();
  }

  /** Asks the class a question of the round that was played. */
  async askQuestion(question: string): Promise<void> {
    await this.openQuestions();
    await this.page.getByRole('radio', { name: question }).check();
    await this.page.getByRole('button', { name: this.say('poll_open') }).click();
    await expect(this.page.getByText(this.say('poll_first'))).toBeVisible();
  }

  /** Goes on with the question that is open. */
  async poll(step: 'discuss' | 'reveal' | 'close'): Promise<void> {
    await this.page.getByRole('button', { name: this.say(`poll_${step}`), exact: true }).click();
  }

  /** So many have voted. */
  async expectVotes(n: number): Promise<void> {
    const votes = this.page.getByRole('progressbar', { name: this.say('poll_progress') });
    await expect(votes).toHaveAttribute('value', String(n));
  }

  /** Shows only the tables with this name or number. */
  async seek(text: string): Promise<void> {
    await this.#show('teach_tables');
    await this.page.getByRole('searchbox', { name: this.say('grid_seek') }).fill(text);
  }

  /** Opens one table to watch it in full. */
  async watch(table = 1): Promise<void> {
    await this.#show('teach_tables');
    await this.page
      .getByRole('button', { name: new RegExp(`^${this.say('teach_table', { n: table })}(?!\\d)`) })
      .click();
  }

  /** Gives an end a hint, at the table that is watched. */
  async nudge(seat: 'client' | 'server'): Promise<void> {
    const who = this.say(`seat_${seat}`);
    await this.page.getByRole('button', { name: `${this.say('acts_nudge')} (${who})` }).click();
    await expect(this.page.getByText(this.say('acts_done_nudge', { who }), { exact: true })).toBeVisible();
  }

  async backToTables(): Promise<void> {
    await this.page.getByRole('button', { name: this.say('teach_all_tables') }).click();
  }

  async closeClassroom(): Promise<void> {
    const sheet = await this.openSettings();
    await sheet.getByRole('button', { name: this.say('teach_close'), exact: true }).click();
    const sure = this.page.getByRole('alertdialog', { name: this.say('teach_close_title') });
    await sure.getByRole('button', { name: this.say('teach_close'), exact: true }).click();
    await expect(sure).toBeHidden();
  }

  /** Opens the sheet of the projector's page; Escape puts it away. */
  async openScreenSheet(): Promise<Locator> {
    await this.page.getByRole('button', { name: this.say('screen_title') }).click();
    const sheet = this.page.getByRole('dialog', { name: this.say('screen_title') });
    await expect(sheet).toBeVisible();
    return sheet;
  }

  async putAway(sheet: Locator): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  }

  /** Whether people may be named on the projector. */
  async nameOnScreen(allowed: boolean): Promise<void> {
    const sheet = await this.openScreenSheet();
    await sheet.getByRole('checkbox', { name: this.say('screen_names') }).setChecked(allowed);
    await this.putAway(sheet);
  }

  /** Lets nobody new in, or lets them in again. */
  async lock(locked: boolean): Promise<void> {
    const [now, then] = locked ? ['teach_lock', 'teach_unlock'] : ['teach_unlock', 'teach_lock'];
    await this.page.getByRole('button', { name: this.say(now), exact: true }).click();
    await expect(this.page.getByRole('button', { name: this.say(then), exact: true })).toBeVisible();
  }

  /** The sheet of the classroom's settings; Escape puts it away. */
  async openSettings(): Promise<Locator> {
    await this.page.getByRole('button', { name: this.say('settings_title') }).click();
    const sheet = this.page.getByRole('dialog', { name: this.say('settings_title') });
    await expect(sheet).toBeVisible();
    return sheet;
  }

  /** Whether somebody who comes late plays at once. */
  async latecomersPlay(when: 'at_once' | 'next'): Promise<void> {
    const sheet = await this.openSettings();
    await sheet.getByRole('radio', { name: this.say(`settings_late_${when}`) }).check();
    await this.putAway(sheet);
  }

  /** A link for a computer at the projector. */
  async screenLink(): Promise<string> {
    const sheet = await this.openScreenSheet();
    await sheet.getByRole('button', { name: this.say('screen_elsewhere') }).click();
    const url = await sheet.getByRole('textbox', { name: this.say('screen_link') }).inputValue();
    await this.page.keyboard.press('Escape');
    return url;
  }

  /** Chooses what the projector shows. */
  async showOnScreen(what: 'code' | 'progress' | 'debrief' | 'blank'): Promise<void> {
    const sheet = await this.openScreenSheet();
    await sheet
      .locator('label')
      .filter({ hasText: this.say(`screen_${what}`) })
      .first()
      .click();
    await this.page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  }
}
