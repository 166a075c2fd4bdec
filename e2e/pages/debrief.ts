import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { Diagram } from './diagram.ts';
import type { Say } from './words.ts';

/** What every seat sees when a table has ended. */
export class Debrief {
  readonly diagram: Diagram;
  readonly #page: Page;
  readonly #say: Say;

  constructor(page: Page, say: Say) {
    this.#page = page;
    this.#say = say;
    this.diagram = new Diagram(page, say);
  }

  get playButton(): Locator {
    return this.#page.getByRole('button', { name: this.#say('debrief_play'), exact: true });
  }

  /** The replay has begun, and comes to its end by itself. */
  async expectReplayed(): Promise<void> {
    const forward = this.#page.getByRole('button', { name: this.#say('debrief_step'), exact: true });
    await expect(forward).toBeEnabled();
    await expect(forward).toBeDisabled();
    await expect(this.playButton).toBeVisible();
  }

  async expectOpen(): Promise<void> {
    await expect(this.#page.getByText(this.#say('debrief_title'), { exact: true })).toBeVisible({
      timeout: 30_000,
    });
  }

  async expectNoneWrong(): Promise<void> {
    await expect(this.#page.getByText(this.#say('debrief_none_wrong'))).toBeVisible();
  }
}
