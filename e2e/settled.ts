import type { Page } from '@playwright/test';

/**
 * Fonts are there, colours have turned, and the page has been drawn. What moves without end is not waited
 * for.
 */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime)));
    const patience = new Promise((over) => setTimeout(over, 1000));
    await Promise.race([patience, Promise.allSettled(ending.map(({ finished }) => finished))]);
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });
}
