import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
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

  async expectOpen(): Promise<void> {
    await expect(this.#page.getByText(this.#say('debrief_title'), { exact: true })).toBeVisible({
      timeout: 30_000,
    });
  }

  async expectNoneWrong(): Promise<void> {
    await expect(this.#page.getByText(this.#say('debrief_none_wrong'))).toBeVisible();
  }
}
