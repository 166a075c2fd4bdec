import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { Diagram } from './diagram.ts';
import type { Say } from './words.ts';

/** What the link's seat says will happen. */
interface Guess {
  readonly timer: 'client' | 'server' | 'none';
  /** The segment that is sent again by its name (`SYN,ACK`; `data` for one that carries some), or null. */
  readonly again: string | null;
  readonly client: string;
  readonly server: string;
}

/** The seat of the network between the two ends. */
export class LinkSeat {
  readonly diagram: Diagram;
  readonly #page: Page;
  readonly #say: Say;

  constructor(page: Page, say: Say) {
    this.#page = page;
    this.#say = say;
    this.diagram = new Diagram(page, say);
  }

  get panel(): Locator {
    return this.#page.getByRole('main');
  }

  /** The acts on segments in the air whose flags are these: `SYN,ACK`. */
  act(act: 'drop' | 'duplicate' | 'hold' | 'release', flags: string): Locator {
    // `Drop: SYN,ACK seq 300 ack 101`
    const name = `^${this.#say(`linkseat_${act}`)}\\s*: ${flags} seq `;
    return this.#page.getByRole('button', { name: new RegExp(name) });
  }

  /** Takes a segment out of the air as soon as it is there. */
  async drop(flags: string): Promise<void> {
    await this.act('drop', flags).first().click({ timeout: 20_000 });
    await expect(this.act('drop', flags)).toHaveCount(0);
  }

  async hold(flags: string): Promise<void> {
    await this.act('hold', flags).first().click({ timeout: 20_000 });
    // On a phone the question that follows covers the list in which it could be released.
    await expect(this.act('hold', flags)).toHaveCount(0);
  }

  async release(flags: string): Promise<void> {
    await this.act('release', flags).click();
  }

  /** Answers the question that follows an act. */
  async predict({ timer, again, client, server }: Guess): Promise<void> {
    const who = timer === 'none' ? this.#say('linkseat_predict_nobody') : this.#say(`seat_${timer}`);
    const timers = this.#page.getByRole('group', { name: this.#say('linkseat_predict_timer') });
    await timers.locator('label').filter({ hasText: who }).click();
    const segment = this.#page.getByRole('combobox', { name: this.#say('linkseat_predict_again') });
    const data = this.#say('linkseat_predict_data', { flags: 'PSH,ACK' });
    const label = again === null ? this.#say('linkseat_predict_none') : again === 'data' ? data : again;
    await segment.selectOption({ label });
    for (const [side, state] of [
      ['client', client],
      ['server', server],
    ] as const) {
      const question = this.#say('linkseat_predict_state', { side: this.#say(`seat_${side}`) });
      await this.#page.getByRole('combobox', { name: question }).selectOption(state);
    }
    await this.#page.getByRole('button', { name: this.#say('linkseat_predict_go') }).click();
  }

  async expectPrediction(kind: 'right' | 'wrong'): Promise<void> {
    await expect(this.#page.getByText(this.#say(`linkseat_predict_${kind}`))).toBeVisible();
  }

  /** Waits until such a segment is in the air. */
  async expectInAir(flags: string): Promise<void> {
    await expect(this.act('drop', flags).first()).toBeVisible({ timeout: 30_000 });
  }

  async cut(): Promise<void> {
    const button = this.#page.getByRole('button', { name: this.#say('linkseat_cut') });
    await button.click();
    await expect(button).toBeHidden();
  }

  async mend(): Promise<void> {
    await expect(this.#page.getByText(this.#say('linkseat_is_cut'))).toBeVisible();
    await this.#page.getByRole('button', { name: this.#say('linkseat_mend') }).click();
    await expect(this.#page.getByText(this.#say('linkseat_is_cut'))).toBeHidden();
  }

  /** The panel of one direction; on a phone it is a tab. */
  async openDirection(from: 'client' | 'server'): Promise<void> {
    await this.#page
      .getByRole('tab', { name: this.#say(from === 'client' ? 'linkseat_to_server' : 'linkseat_to_client') })
      .click();
  }

  async openAir(): Promise<void> {
    await this.#page.getByRole('tab', { name: new RegExp(`^${this.#say('linkseat_air')}`) }).click();
  }

  /** Types a number into a field of the panel that is open. */
  async turn(field: 'linkseat_delay' | 'linkseat_loss' | 'linkseat_burst', to: number): Promise<void> {
    const dial = this.#page.getByRole('spinbutton', { name: this.#say(field) });
    await dial.fill(String(to));
    await dial.press('Tab');
  }

  async choosePreset(preset: string): Promise<void> {
    await this.#page.getByRole('button', { name: this.#say('linkseat_preset'), exact: true }).click();
    const sheet = this.#page.getByRole('dialog', { name: this.#say('linkseat_preset') });
    await sheet.getByRole('button', { name: this.#say(`linkseat_preset_${preset}`) }).click();
    await expect(sheet).toBeHidden();
  }

  get applyButton(): Locator {
    return this.#page.getByRole('button', { name: this.#say('linkseat_apply') });
  }

  async apply(): Promise<void> {
    await this.applyButton.click();
    // It is in force: there is nothing left to apply.
    await expect(this.applyButton).toBeDisabled();
    await expect(this.#page.getByRole('button', { name: this.#say('linkseat_undo') })).toBeHidden();
  }

  /** How many segments a side has sent so far; the table is shown. */
  async sentFrom(side: 'client' | 'server'): Promise<number> {
    const sent = [this.#say('diagram_row_sent'), this.#say('diagram_row_again')];
    const from = this.#say(`diagram_${side}`);
    return (await this.diagram.rows()).filter((row) => row.from === from && sent.includes(row.what)).length;
  }

  /** What became of a segment and why, line by line; it was chosen in the picture. */
  get story(): Locator {
    return this.#page.getByRole('list', { name: this.#say('story_title') }).getByRole('listitem');
  }
}
