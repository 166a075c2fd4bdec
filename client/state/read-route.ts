/** The pages, and what their addresses carry. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'join'; readonly code: string }
  | { readonly page: 'lobby' }
  | { readonly page: 'play' }
  /** At the list, or at the table that was begun last. */
  | { readonly page: 'practice'; readonly atTable: boolean }
  | { readonly page: 'teach'; readonly classroomId: string | null; readonly tableId: string | null }
  | { readonly page: 'setup' }
  | { readonly page: 'screen' }
  | { readonly page: 'login' }
  | { readonly page: 'rejoin' }
  | { readonly page: 'lost' };

/** What a path says, the base path (with a slash at its end) being cut off. */
export function readRoute(pathname: string, base: string): Route {
  const path = pathname.startsWith(base) ? pathname.slice(base.length) : pathname.slice(1);
  const [page = '', rest = '', further = ''] = path.split('/');
  switch (page) {
    case '':
    case 'index.html':
      return { page: 'home' };
    case 'join':
      return { page: 'join', code: decode(rest) };
    case 'lobby':
    case 'play':
    case 'setup':
    case 'screen':
    case 'login':
    case 'rejoin':
      return { page };
    case 'practice':
      return { page, atTable: rest === 'table' };
    case 'teach':
      return { page: 'teach', classroomId: decode(rest) || null, tableId: decode(further) || null };
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
