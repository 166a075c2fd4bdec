import type { Page } from '@playwright/test';

/**
 * Everything that the server has told one browser: the frames of its sockets, and the bodies of replies that
 * hold data.
 */
export class Wire {
  readonly #heard: string[] = [];

  /** Listens from now on; what a page has loaded before is missed. */
  constructor(page: Page) {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => this.#heard.push(payload.toString()));
    });
    page.on('response', (response) => {
      // Pages and scripts are the same for everybody.
      if (!/json|text\/plain/.test(response.headers()['content-type'] ?? '')) return;
      response.text().then(
        (body) => this.#heard.push(body),
        () => {}, // the page has gone on, and nobody has read it
      );
    });
  }

  get heard(): readonly string[] {
    return this.#heard;
  }

  /** Whether a number or a word was ever among it, whole. */
  has(what: number | string): boolean {
    const whole = new RegExp(`(?<![\\w])${String(what).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w])`);
    return this.#heard.some((text) => whole.test(text));
  }
}
