import { connect, type Socket as TcpSocket } from 'node:net';
import { clientFrame } from './sockets/client-frame.testing.ts';

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** A connection to the lab on which a test writes octets of its own. */
export function connectTcp(url: string): TcpSocket {
  const { hostname, port } = new URL(url);
  return connect(Number(port), hostname).on('error', () => {});
}

/** However it came to it. */
export function closed(tcp: TcpSocket): Promise<void> {
  return new Promise((resolve) => void tcp.once('close', () => resolve()));
}

export interface RawClient {
  readonly tcp: TcpSocket;
  readonly send: (...texts: string[]) => void;
  /** All that was heard so far, with the frames' headers in between, which no pattern asks for. */
  readonly until: (pattern: RegExp) => Promise<void>;
  /** Once the connection is no more. */
  readonly gone: Promise<void>;
}

/** Socket.IO over a WebSocket written by hand; it may be to take the place of long polling. */
export async function rawClient(url: string, { sid }: { readonly sid?: string } = {}): Promise<RawClient> {
  const tcp = connectTcp(url);
  const gone = closed(tcp);
  tcp.write(
    `GET /socket.io/?EIO=4&transport=websocket${sid === undefined ? '' : `&sid=${sid}`} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n` +
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  let heard = '';
  tcp.on('data', (data: Buffer) => {
    heard += data.toString('latin1');
  });
  const untilHeard = (pattern: RegExp) => until(() => pattern.test(heard));
  await untilHeard(/101 Switching/);
  return {
    tcp,
    gone,
    until: untilHeard,
    send: (...texts) => void tcp.write(Buffer.concat(texts.map((text) => clientFrame(text)))),
  };
}

/** Begins a connection by long polling; its id. */
export async function pollingSid(url: string): Promise<string> {
  const opened = await fetch(`${url}/socket.io/?EIO=4&transport=polling`);
  return (JSON.parse((await opened.text()).slice(1)) as { sid: string }).sid;
}
