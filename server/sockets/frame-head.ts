import { FIN_TEXT } from './websocket.ts';

/**
 * What comes before a text of so many octets in a server's frame (RFC 6455 §5.2): a character for each octet.
 */
export function frameHead(length: number): string {
  if (length < 126) return String.fromCharCode(FIN_TEXT, length);
  const low = [(length >>> 8) & 0xff, length & 0xff];
  if (length < 0x10000) return String.fromCharCode(FIN_TEXT, 126, ...low);
  return String.fromCharCode(FIN_TEXT, 127, 0, 0, 0, 0, length >>> 24, (length >>> 16) & 0xff, ...low);
}
