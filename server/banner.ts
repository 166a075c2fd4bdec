import { terminalQrCode } from './terminal-qr-code.ts';

interface Banner {
  /** The likeliest first: that one becomes the QR code. Never empty. */
  readonly urls: readonly string[];
  /**
   * A secret: shown here, on the terminal of who started the server, and nowhere else. Null: there is an
   * account.
   */
  readonly instructorUrl: string | null;
}

/** What the terminal shows once the server listens. */
export async function banner({ urls, instructorUrl }: Banner): Promise<string> {
  const [first = '', ...others] = urls;
  const shared = !isLoopback(first);
  return [
    '',
    'Handshake Lab is ready.',
    '',
    `  Open        ${first}`,
    ...others.map((url) => `              ${url}`),
    '',
    ...(instructorUrl === null
      ? [`  Instructor  log in at ${first}/teach`]
      : [`  Instructor  ${instructorUrl}`, '              (works once, for half an hour)']),
    '',
    ...(shared
      ? [await terminalQrCode(first), '', '  On the same network, scan this or type the address above.']
      : ['  Only this machine can reach the lab; other devices need a network address (see HOST).']),
    '  Ctrl+C stops the lab.',
    '',
  ].join('\n');
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
