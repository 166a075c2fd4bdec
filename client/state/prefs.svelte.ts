import { LOCALES } from '../../shared/scenario/locales.ts';
import type { Locale } from '../../shared/scenario/types.ts';
import { getLocale, overwriteGetLocale, setLocale } from '../paraglide/runtime.js';
import { recall, remember } from './storage.ts';

export type Theme = 'system' | 'light' | 'dark';

/** Where the messages' runtime keeps it. */
const LOCALE_KEY = 'handshake-lab:locale';

function storedLocale(): Locale | null {
  try {
    const stored = localStorage.getItem(LOCALE_KEY);
    return LOCALES.find((locale) => locale === stored) ?? null;
  } catch {
    return null;
  }
}

function storedTheme(): Theme {
  const stored = recall('local', 'theme');
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/**
 * What this device prefers. Messages read the locale through here, so a change of language needs no reload.
 */
class Prefs {
  #locale = $state<Locale>(getLocale());
  #theme = $state<Theme>(storedTheme());

  constructor() {
    overwriteGetLocale(() => this.#locale);
    this.#show();
  }

  get locale(): Locale {
    return this.#locale;
  }

  set locale(locale: Locale) {
    this.#locale = locale;
    void setLocale(locale, { reload: false });
    this.#show();
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    remember('local', 'theme', theme);
    this.#show();
  }

  /** Another window of this browser may have changed them. */
  reread(): void {
    this.#theme = storedTheme();
    const locale = storedLocale();
    if (locale !== null) this.#locale = locale;
    this.#show();
  }

  #show(): void {
    const root = document.documentElement;
    root.lang = this.#locale;
    if (this.#theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = this.#theme;
  }
}

export const prefs = new Prefs();
