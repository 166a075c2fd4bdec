import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Language } from '../pages/words.ts';
import { settled } from '../settled.ts';

const FOLDER = join(import.meta.dirname, '../../gallery');

export const SIZES = {
  phone: { width: 360, height: 740 },
  /** A small phone, or one whose browser shows all its bars. */
  low: { width: 360, height: 640 },
  laptop: { width: 1280, height: 800 },
  projector: { width: 1024, height: 768 },
} as const;
export type Size = keyof typeof SIZES;

/** Beginnings of the names of the pictures that are wanted; none: all are. */
const ONLY = (process.env['GALLERY_ONLY'] ?? '').split(',').filter((name) => name !== '');

const THEMES = ['light', 'dark'] as const;

/** Takes the pictures of one language, and remembers what did not fit. */
export class Album {
  readonly tooWide: string[] = [];
  readonly #language: Language;

  constructor(language: Language) {
    this.#language = language;
    mkdirSync(FOLDER, { recursive: true });
  }

  /** A page as it is now, in both themes and in these sizes: `gallery/debrief.en.dark.360x740.png`. */
  async take(name: string, page: Page, sizes: readonly Size[] = ['phone', 'laptop']): Promise<void> {
    if (ONLY.length > 0 && !ONLY.some((wanted) => name.startsWith(wanted))) return;
    if (this.#language === 'zh-CN' && !(await hasChinese(page))) {
      throw new Error('No font on this machine has Chinese characters: install one, such as fonts-noto-cjk');
    }
    const own = page.viewportSize()!;
    for (const size of sizes) {
      const { width, height } = SIZES[size];
      await page.setViewportSize(SIZES[size]);
      for (const colorScheme of THEMES) {
        const picture = `${name}.${this.#language}.${colorScheme}.${width}x${height}`;
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await settled(page);
        await page.screenshot({ path: join(FOLDER, `${picture}.png`) });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) this.tooWide.push(`${picture} by ${over} px`);
        for (const number of await cutNumbers(page)) this.tooWide.push(`${picture}: ${number} is cut`);
      }
    }
    await page.setViewportSize(own);
  }

  check(): void {
    expect(this.tooWide).toEqual([]);
  }
}

/** Without a font for them, all characters are the same empty box. */
async function hasChinese(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const pen = document.createElement('canvas').getContext('2d')!;
    const [one, other] = ['握', '手'].map((character) => {
      pen.reset();
      pen.font = `40px ${getComputedStyle(document.body).fontFamily}`;
      pen.fillText(character, 10, 60);
      return pen.canvas.toDataURL();
    });
    return one !== other;
  });
}

/** Numbers that do not fit into their fields: what one sees of them is another number. */
async function cutNumbers(page: Page): Promise<readonly string[]> {
  return page
    .locator('input[inputmode=numeric]')
    .evaluateAll((inputs) =>
      (inputs as HTMLInputElement[])
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ value }) => value),
    );
}
