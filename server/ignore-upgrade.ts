import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** What asked for the other protocol; and no second request, which might ask again. */
const LEFT_OUT = ['upgrade', 'connection'];

/**
 * Answers a request that asks for another protocol as if it did not, which a server may (RFC 9110 §7.8): curl
 * and Java ask for HTTP/2 so. Node ends HTTP on a connection that asks, before anybody is asked; so it is
 * given the connection as a new one, with the request that it read.
 */
export function ignoreUpgrade(
  server: Server,
  { method, url, httpVersion, rawHeaders }: IncomingMessage,
  socket: Duplex,
  behind: Buffer,
): void {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (!LEFT_OUT.includes(name.toLowerCase())) lines.push(`${name}: ${rawHeaders[i + 1]}`);
  }
  lines.push('Connection: close', '\r\n');
  socket.unshift(Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), behind]));
  server.emit('connection', socket);
}
