/** The pages, and what their addresses carry. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'join'; readonly code: string }
  | { readonly page: 'lobby' }
  | { readonly page: 'play' }
  | { readonly page: 'practice' }
  | { readonly page: 'teach'; readonly classroomId: string | null }
  | { readonly page: 'setup' }
  | { readonly page: 'screen' }
  | { readonly page: 'login' }
  | { readonly page: 'rejoin' }
  | { readonly page: 'lost' };

/** Where the lab is mounted, with a slash at its end: `/` or `/lab/`. */
const base = new URL('.', document.baseURI).pathname;

/** The address of a path of the lab, under whatever base path it is served. */
export function href(path: string): string {
  return base + path.replace(/^\//, '');
}

/** What a path says, the base path being cut off. */
function readRoute(pathname: string): Route {
  const path = pathname.startsWith(base) ? pathname.slice(base.length) : pathname.slice(1);
  const [page = '', rest = ''] = path.split('/');
  switch (page) {
    case '':
    case 'index.html':
      return { page: 'home' };
    case 'join':
      return { page: 'join', code: decode(rest) };
    case 'lobby':
    case 'play':
    case 'practice':
    case 'setup':
    case 'screen':
    case 'login':
    case 'rejoin':
      return { page };
    case 'teach':
      return { page: 'teach', classroomId: decode(rest) || null };
    default:
      return { page: 'lost' };
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

class Router {
  #route = $state.raw<Route>(readRoute(location.pathname));

  /** The page has the screen to itself: the bar steps aside. */
  full = $state(false);

  constructor() {
    addEventListener('popstate', () => {
      this.#route = readRoute(location.pathname);
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
    this.#route = readRoute(new URL(url, location.href).pathname);
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
