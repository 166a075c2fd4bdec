import { connect, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';

export interface WireOptions {
  readonly port: number;
  readonly namespace: string;
  readonly auth?: Readonly<Record<string, unknown>>;
  readonly cookie?: string;
}

const QUOTED_VIEW = Buffer.from('["table:view"');
const OK = 't'.charCodeAt(0);

/**
 * One browser's connection, as cheap as it can be: Socket.IO's frames over a bare TCP socket. With the real
 * client library the load on one core would be the limit, and not the server on the other. Its frames are
 * masked with zeros, which a server has to unmask like any others.
 */
export class WireClient {
  /** Bytes received, frames' headers included. */
  octets = 0;
  /** An answer came; `ok`: it is not a refusal. For asked ids that nobody awaits. */
  onAck: (id: number, ok: boolean) => void = () => {};
  /** A view came, of so many octets on the wire. */
  onView: (octets: number) => void = () => {};
  readonly #namespace: string;
  readonly #awaited = new Map<
    number,
    { resolve: (reply: unknown) => void; reject: (error: Error) => void }
  >();
  #tcp: Socket;
  #rest: Buffer | null = null;
  #nextId = 1;
  #open: { resolve: () => void; reject: (error: Error) => void } | null = null;
  #auth: string;
  #closed = false;

  private constructor({ port, namespace, auth, cookie }: WireOptions) {
    this.#namespace = namespace;
    this.#auth = auth ? JSON.stringify(auth) : '';
    this.#tcp = connect({ host: '127.0.0.1', port, noDelay: true });
    this.#tcp.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\n` +
        `Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nOrigin: http://127.0.0.1:${port}\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n${cookie ? `Cookie: ${cookie}\r\n` : ''}\r\n`,
    );
    this.#tcp.on('data', (chunk) => this.#onHandshake(chunk));
    this.#tcp.on('error', (error) => this.#fail(error));
    this.#tcp.on('close', () => {
      if (!this.#closed) this.#fail(new Error('the server closed a connection'));
    });
  }

  /** Resolves once the namespace has let it in. */
  static open(options: WireOptions): Promise<WireClient> {
    return new Promise((resolve, reject) => {
      const client = new WireClient(options);
      client.#open = { resolve: () => resolve(client), reject };
    });
  }

  /** Asks and waits for what the ack holds; rejects on a refusal. */
  async ask<T>(message: string, payload: unknown): Promise<T> {
    const reply = await new Promise<unknown>((resolve, reject) => {
      this.#awaited.set(this.send(`"${message}",${JSON.stringify(payload)}`), { resolve, reject });
    });
    const { ok, value, error } = reply as { ok: boolean; value: T; error: unknown };
    if (!ok) throw new Error(`${message} was refused: ${JSON.stringify(error)}`);
    return value;
  }

  /** Sends a message, given as the inside of its JSON array; returns the id that its ack will carry. */
  send(json: string): number {
    const id = this.#nextId++;
    this.#write(`42${this.#namespace},${id}[${json}]`);
    return id;
  }

  close(): void {
    this.#closed = true;
    this.#tcp.destroy();
  }

  #write(text: string): void {
    const length = Buffer.byteLength(text);
    const head = length < 126 ? 6 : 8;
    const frame = Buffer.alloc(head + length);
    frame[0] = 0x81;
    if (head === 6) frame[1] = 0x80 | length;
    else {
      frame[1] = 0x80 | 126;
      frame.writeUInt16BE(length, 2);
    }
    frame.write(text, head);
    this.#tcp.write(frame);
  }

  #fail(error: Error): void {
    if (this.#open) this.#open.reject(error);
    else for (const { reject } of this.#awaited.values()) reject(error);
    this.#open = null;
    this.#awaited.clear();
    this.close();
  }

  #onHandshake(chunk: Buffer): void {
    const all = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    const end = all.indexOf('\r\n\r\n');
    if (end < 0) {
      this.#rest = all;
      return;
    }
    if (!all.toString('latin1', 0, 12).endsWith(' 101')) {
      this.#fail(new Error(`no upgrade: ${all.toString('latin1', 0, 200)}`));
      return;
    }
    this.#tcp.removeAllListeners('data');
    this.#tcp.on('data', (data) => this.#onData(data));
    this.#rest = null;
    if (all.length > end + 4) this.#onData(all.subarray(end + 4));
  }

  #onData(data: Buffer): void {
    const chunk = this.#rest ? Buffer.concat([this.#rest, data]) : data;
    this.octets += data.length;
    let at = 0;
    while (chunk.length - at >= 2) {
      let length = chunk[at + 1]! & 0x7f;
      let head = 2;
      if (length === 126) {
        if (chunk.length - at < 4) break;
        length = chunk.readUInt16BE(at + 2);
        head = 4;
      } else if (length === 127) {
        if (chunk.length - at < 10) break;
        length = Number(chunk.readBigUInt64BE(at + 2));
        head = 10;
      }
      const begin = at + head;
      if (begin + length > chunk.length) break;
      if ((chunk[at]! & 0x0f) === 1) this.#onText(chunk, begin, begin + length, head + length);
      at = begin + length;
    }
    this.#rest = at < chunk.length ? chunk.subarray(at) : null;
  }

  /** Engine.IO's packet types are digits, and so are Socket.IO's behind a 4. */
  #onText(chunk: Buffer, begin: number, end: number, octets: number): void {
    switch (chunk.toString('latin1', begin, begin + 2)) {
      case '42': {
        const from = begin + 3 + this.#namespace.length;
        if (QUOTED_VIEW.compare(chunk, from, from + QUOTED_VIEW.length) === 0) this.onView(octets);
        return;
      }
      case '43':
        this.#onAckPacket(chunk, begin + 3 + this.#namespace.length, end);
        return;
      case '40':
        this.#open?.resolve();
        this.#open = null;
        return;
      case '44':
        this.#fail(new Error(`not let in: ${chunk.toString('utf8', begin, end)}`));
        return;
      default:
        if (chunk[begin] === 0x30) this.#write(`40${this.#namespace},${this.#auth}`);
        else if (chunk[begin] === 0x32) this.#write('3');
    }
  }

  #onAckPacket(chunk: Buffer, begin: number, end: number): void {
    let id = 0;
    let at = begin;
    for (; chunk[at] !== 0x5b; at++) id = id * 10 + chunk[at]! - 0x30;
    const awaited = this.#awaited.get(id);
    if (!awaited) {
      this.onAck(id, chunk[at + '[{"ok":'.length] === OK);
      return;
    }
    this.#awaited.delete(id);
    const [reply] = JSON.parse(chunk.toString('utf8', at, end)) as unknown[];
    awaited.resolve(reply);
  }
}
