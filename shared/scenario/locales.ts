/** The languages that the lab speaks: `en`, `zh-CN`. */
export const LOCALES = ['en', 'zh-CN'] as const;

export type Locale = (typeof LOCALES)[number];

/** Something said in each of them. */
export type Text = Readonly<Record<Locale, string>>;

/** What is the same in all of them: an id, a name. */
export function inEach(words: string): Text {
  return { en: words, 'zh-CN': words };
}
