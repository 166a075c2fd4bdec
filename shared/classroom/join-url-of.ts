import type { Classroom } from './classroom.ts';

/**
 * Where the QR code leads. The secret stands behind the `#`, so that no server and no log ever reads it in an
 * address.
 */
export function joinUrlOf({ code, secret }: Classroom, baseUrl: string): string {
  return `${baseUrl}/join/${code}${secret === null ? '' : `#${secret}`}`;
}
