import { expect } from '@playwright/test';
import type { Locator } from '@playwright/test';

/** More stops than any page of the lab has. */
const MOST_STOPS = 80;

/** Presses Tab until the focus is there. */
export async function tabTo(target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let n = 0; n < MOST_STOPS && !(await isThere()); n++) await target.page().keyboard.press('Tab');
  await expect(target).toBeFocused();
}
