import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { Diagram } from './diagram.ts';
import type { Say } from './words.ts';

/** What the link's seat says will happen. */
interface Guess {
  readonly timer: 'client' | 'server' | 'none';
  /** The segment that is sent again by its name (`SYN,ACK`), or null. */
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
    // `Drop 5: SYN,ACK seq 300 ack 101`, with how many are left.
    const name = `^${this.#say(`linkseat_${act}`)}\\s*\\d*\\s*: ${flags} seq `;
    return this.#page.getByRole('button', { name: new RegExp(name) });
  }

  /** Takes a segment out of the air as soon as it is there. */
  async drop(flags: string): Promise<void> {
    await this.act('drop', flags).first().click({ timeout: 20_000 });
    await expect(this.act('drop', flags)).toHaveCount(0);
  }

  async hold(flags: string): Promise<void> {
    await this.act('hold', flags).first().click({ timeout: 20_000 });
    await expect(this.act('release', flags)).toBeVisible();
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
    await segment.selectOption({ label: again ?? this.#say('linkseat_predict_none') });
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
}
