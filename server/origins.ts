/** What of a request tells where it comes from. */
export interface Whence {
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
}

/**
 * Whether a page of this origin may talk to the lab: one of
 * `own` (the public URL, this machine's addresses), or the very host that was asked. Browsers cannot be made to lie about either. False for `null`
 * and for no origin at all.
 */
export function isOwnOrigin({ origin, host }: Whence, own: readonly string[]): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin !== origin || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false;
  return url.host === host || own.some((address) => new URL(address).origin === origin);
}
