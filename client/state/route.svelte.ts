import { readRoute } from './read-route.ts';
import type { Route } from './read-route.ts';

/** Where the lab is mounted, with a slash at its end: `/` or `/lab/`. */
const base = new URL('.', document.baseURI).pathname;

/** The address of a path of the lab, under whatever base path it is served. */
export function href(path: string): string {
  return base + path.replace(/^\//, '');
}

class Router {
  #route = $state.raw<Route>(readRoute(location.pathname, base));

  /** The page has the screen to itself: the bar steps aside. */
  full = $state(false);

  constructor() {
    addEventListener('popstate', () => {
      this.#route = readRoute(location.pathname, base);
    });
  }

  get route(): Route {
    return this.#route;
  }

  /** Goes to a path of the lab; `replace` leaves no trace of the present one in the history. */
  go(path: string, { replace = false } = {}): void {
    const url = href(path);
    if (replace) history.replaceState(null, '', url);
    else if (location.pathname !== url) history.pushState(null, '', url);
    this.#route = readRoute(new URL(url, location.href).pathname, base);
    scrollTo(0, 0);
  }

  /** A click on a plain link inside the lab changes the page without loading it anew. */
  follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const anchor = (event.target as Element | null)?.closest?.('a[href]');
    if (!(anchor instanceof HTMLAnchorElement) || anchor.target || anchor.hasAttribute('download')) return;
    const url = new URL(anchor.href, location.href);
    if (url.origin !== location.origin || !url.pathname.startsWith(base) || url.hash) return;
    if (url.pathname.startsWith(`${base}api/`)) return;
    event.preventDefault();
    this.go(url.pathname.slice(base.length));
  };
}

export const router = new Router();
