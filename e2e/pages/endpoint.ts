import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { Diagram } from './diagram.ts';
import type { Say } from './words.ts';

/** The header of a segment as it is set field by field. */
interface Header {
  /** By their names: `['SYN', 'ACK']`. */
  readonly flags: readonly string[];
  readonly seq: number;
  readonly ack?: number;
  /** Octets of data. */
  readonly data?: number;
}

/** What the panel of a guided end shows of its TCB. */
type Variable = 'SND.UNA' | 'SND.NXT' | 'RCV.NXT' | 'ISS' | 'IRS';

/** The seat of a client's or a server's end. */
export class Endpoint {
  readonly diagram: Diagram;
  readonly #page: Page;
  readonly #say: Say;

  constructor(page: Page, say: Say) {
    this.#page = page;
    this.#say = say;
    this.diagram = new Diagram(page, say);
  }

  get form(): Locator {
    return this.#page.getByRole('form', { name: this.#say('end_compose') });
  }

  get line(): Locator {
    return this.form.getByRole('textbox', { name: this.#say('end_line') });
  }

  get question(): Locator {
    return this.#page.getByRole('group', { name: this.#say('end_label') });
  }

  /** The card that says what the judge made of the last answer. */
  verdict(kind: 'due' | 'legal' | 'wrong'): Locator {
    return this.#page.getByRole('article', { name: this.#say(`end_verdict_${kind}`), exact: true });
  }

  /**
   * Reads a card, and puts it away: on a phone it lies on the diagram. What happens next may have done so
   * before.
   */
  async readVerdict(kind: 'due' | 'legal' | 'wrong'): Promise<void> {
    const card = this.verdict(kind);
    await card.waitFor();
    await card
      .getByRole('button', { name: this.#say('end_close') })
      .click({ timeout: 5_000 })
      .catch(async (error: unknown) => {
        if (await card.isVisible()) throw error;
      });
  }

  /** The round is on: the form waits for a segment. */
  async expectReady(): Promise<void> {
    await expect(this.form.getByRole('button', { name: this.#say('end_send'), exact: true })).toBeEnabled();
  }

  async expectCall(call: string): Promise<void> {
    // The newest call stands in bold; the ones before it beside it.
    await expect(this.#page.getByText(call, { exact: true }).last()).toBeVisible({ timeout: 20_000 });
  }

  /** The ISS that this end is to use, as the page shows it. */
  async iss(): Promise<number> {
    const button = this.#page.getByRole('button', {
      name: new RegExp(this.#say('end_use_iss', { n: '\\d+' })),
    });
    return Number(await button.innerText());
  }

  /** A number of the TCB panel; waits until it is known. */
  async tcb(variable: Variable): Promise<number> {
    const value = this.#tcbValue(variable);
    await expect(value).toHaveText(/^\d+$/);
    return Number(await value.innerText());
  }

  /** Waits until a variable of the TCB has this value. */
  async expectTcb(variable: Variable, value: number): Promise<void> {
    await expect(this.#tcbValue(variable)).toHaveText(String(value), { timeout: 20_000 });
  }

  #tcbValue(variable: Variable): Locator {
    // In a list of definitions the value follows its name.
    return this.#page
      .getByRole('term')
      .filter({ hasText: new RegExp(`^${variable.replace('.', '\\.')}$`) })
      .locator('xpath=following-sibling::dd[1]');
  }

  /** Types the segment into the line, and sends it: `S. 300 ack 101`. */
  async send(notation: string): Promise<void> {
    await this.write(notation);
    await this.line.press('Enter');
  }

  /** Types the segment into the line, which on a phone has to be asked for first. */
  async write(notation: string): Promise<void> {
    await this.expectReady();
    if (!(await this.line.isVisible())) {
      await this.form.getByRole('button', { name: this.#say('end_line') }).click();
    }
    await this.line.fill(notation);
  }

  /** Sets the fields of the header, and presses Send. */
  async compose({ flags, seq, ack, data }: Header): Promise<void> {
    await this.expectReady();
    for (const name of ['URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN']) {
      const flag = this.flag(name);
      if (((await flag.getAttribute('aria-pressed')) === 'true') !== flags.includes(name)) await flag.click();
    }
    await this.#field('end_seq').fill(String(seq));
    if (ack !== undefined) await this.#field('end_ack').fill(String(ack));
    if (data !== undefined) await this.#field('end_data').fill(String(data));
    await this.pressSend();
  }

  #field(key: 'end_seq' | 'end_ack' | 'end_data'): Locator {
    return this.form.getByRole('textbox', { name: this.#say(key) });
  }

  async pressSend(): Promise<void> {
    await this.form.getByRole('button', { name: this.#say('end_send'), exact: true }).click();
  }

  async nothing(): Promise<void> {
    await this.expectReady();
    await this.form.getByRole('button', { name: this.#say('end_nothing') }).click();
  }

  /** Answers which state the end is in now; waits for the question. */
  async label(state: string): Promise<void> {
    await this.question.getByRole('button', { name: state, exact: true }).click();
    await expect(this.question).toBeHidden();
  }

  async expectState(state: string): Promise<void> {
    await expect(this.#page.getByText(`${this.#say('end_state')} ${state}`)).toBeVisible({ timeout: 20_000 });
  }

  /** Waits for the n-th arrival of such a segment, wherever the diagram says so, and gives its numbers. */
  async arrival(
    flags: string,
    count = 1,
  ): Promise<{ readonly seq: number; readonly ack: number; readonly len: number }> {
    const row = await this.diagram.row({ what: this.#say('diagram_row_arrived'), flags }, count);
    return { seq: Number(row.seq), ack: Number(row.ack), len: Number(row.len) };
  }

  /** Waits until an own timer has run out n times. */
  async expectTimeOut(side: 'client' | 'server', timer: 'RTO' | '2MSL', count = 1): Promise<void> {
    const words = this.#say('diagram_mark_timer', { side: this.#say(`diagram_${side}`), timer });
    await expect(this.diagram.said(words)).toHaveCount(count, { timeout: 20_000 });
  }

  /** Chooses the n-th segment of the picture that came from the other end. */
  async pick(flags: string, from: 'client' | 'server', count = 1): Promise<void> {
    await this.diagram
      .segment(flags, from)
      .nth(count - 1)
      .click({ timeout: 20_000 });
  }

  /** Puts a number of the chosen segment into a field, and steps it up. */
  async use(
    number: 'SEQ' | 'ACK',
    { as, plus = 0 }: { readonly as: 'seq' | 'ack'; readonly plus?: number },
  ): Promise<void> {
    const field = this.#field(`end_${as}`);
    await field.focus();
    await this.#page.getByRole('article').getByRole('button').filter({ hasText: number }).click();
    for (let n = 0; n < plus; n++) await field.press('ArrowUp');
  }

  /** The button of a flag: pressed is set. */
  flag(name: string): Locator {
    return this.form.getByRole('button', { name, exact: true });
  }

  async toggle(flag: string): Promise<void> {
    await this.flag(flag).click();
  }

  /** The seconds that a running timer of this end still has. */
  async secondsLeft(name: 'rto' | 'time_wait'): Promise<number> {
    const timer = this.#page.getByRole('timer', { name: new RegExp(`^${this.#say(`end_timer_${name}`)}:`) });
    return Number(/\d+(?= s$)/.exec((await timer.getAttribute('aria-label')) ?? '')?.[0] ?? NaN);
  }
}
