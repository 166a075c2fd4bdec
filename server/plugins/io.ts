import type { IncomingMessage } from 'node:http';
import fp from 'fastify-plugin';
import { Server, type Socket } from 'socket.io';
import type { Buckets } from '../buckets.ts';
import { corkWrites } from '../sockets/corked.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly io: Server;
    /** Whether a connection has shown, in whichever of its requests, that a page of the lab's own made it. */
    readonly isOwnPage: (socket: Socket) => boolean;
  }
}

/** Engine.IO's, since Socket.IO 3. */
const PROTOCOL = '4';

/** What is used here of engine.io's requests and is missing in their types. */
type Asked = IncomingMessage & { readonly _query: { readonly sid?: string; readonly EIO?: string } };

/** What is used here of engine.io's server and is missing in its types. */
interface Engine {
  readonly clients: Readonly<Record<string, object>>;
  use(middleware: (request: Asked, response: unknown, next: (error?: Error) => void) => void): void;
}

interface Options {
  readonly basePath: string;
  readonly isOwn: (request: IncomingMessage) => boolean;
  readonly addressOf: (request: IncomingMessage) => string;
  /** New connections by address. */
  readonly handshakes: Buckets;
}

/**
 * Socket.IO on the app's HTTP server. What goes over it is the namespaces' business. Without its connection
 * state recovery: versions and snapshots bring a client up to date, and nobody gets past the namespaces'
 * doors.
 */
export default fp<Options>(
  async (app, { basePath, isOwn, addressOf, handshakes }) => {
    const io = new Server(app.server, {
      path: `${basePath}/socket.io/`,
      serveClient: false,
      destroyUpgrade: false,
      transports: ['websocket', 'polling'],
      // A page from elsewhere is refused here, on both transports: `cors` would not stop a WebSocket.
      allowRequest: (request, decide) => {
        // Of a WebSocket engine.io would find out only once it is one, and break it by an answer in HTTP.
        if ((request as Asked)._query.EIO !== PROTOCOL) decide('Unsupported protocol version', false);
        else if (request.headers.origin !== undefined && !isOwn(request)) decide('origin/foreign', false);
        else if (!handshakes.take(addressOf(request))) decide('message/too-fast', false);
        else decide(null, true);
      },
      maxHttpBufferSize: 16 * 1024,
      connectTimeout: 10_000,
      perMessageDeflate: false,
      httpCompression: false,
    });

    corkWrites(io);

    // Socket.IO opens the namespace `/` by itself; the lab has nothing there.
    io.use((_socket, next) => next(new Error('session/required')));

    /*
     * `allowRequest` sees only the first request of a connection. Over polling a browser names the origin in
     * its POSTs but not in its GETs, so what counts is that none of the requests is from a foreign page, and
     * that one is from an own page.
     */
    const ownPages = new WeakSet<object>();
    const engine = io.engine as unknown as Engine;
    engine.use((request, _response, next) => {
      const { sid } = request._query;
      if (sid !== undefined && Object.hasOwn(engine.clients, sid) && request.headers.origin !== undefined) {
        if (!isOwn(request)) {
          next(new Error('origin/foreign'));
          return;
        }
        ownPages.add(engine.clients[sid] as object);
      }
      next();
    });

    app.decorate('io', io);
    app.decorate('isOwnPage', ({ conn, request }: Socket) => ownPages.has(conn) || isOwn(request));
  },
  { name: 'io' },
);
