import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { Say } from './words.ts';

/** The page that the whole room reads. */
export class Projector {
  readonly page: Page;
  readonly say: Say;

  constructor(page: Page, say: Say) {
    this.page = page;
    this.say = say;
  }

  /** Waits until it says this. */
  async expectSays(words: string): Promise<void> {
    await expect(this.#said(words)).toBeVisible();
  }

  async expectNames(names: readonly string[]): Promise<void> {
    for (const name of names) await expect(this.#said(name)).toBeVisible();
  }

  async expectNoneOf(words: readonly string[]): Promise<void> {
    for (const each of words) await expect(this.page.locator('body')).not.toContainText(each);
  }

  /** Nothing on it can be pressed, chosen or written into. */
  async expectNoControls(): Promise<void> {
    await expect(
      this.page.locator('a, button, input, select, textarea, [role=button], [tabindex]'),
    ).toHaveCount(0);
  }

  #said(words: string): Locator {
    return this.page.getByText(words).filter({ visible: true }).first();
  }
}
