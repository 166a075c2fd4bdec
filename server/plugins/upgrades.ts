import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import fp from 'fastify-plugin';
import { ignoreUpgrade } from '../ignore-upgrade.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Open connections that speak HTTP no more. Whoever has one may not know it yet, or any more: a WebSocket
     * that is being closed belongs to nobody.
     */
    readonly upgraded: ReadonlySet<Duplex>;
  }
}

/** WebSockets are Socket.IO's alone; any other wish for another protocol is ignored. */
export default fp(
  async (app) => {
    const upgraded = new Set<Duplex>();
    // One for all of them: there may be thousands.
    function forget(this: Duplex): void {
      upgraded.delete(this);
    }
    const path = `${app.io.path()}/`;
    app.server.on('upgrade', (request: IncomingMessage, tcp: Duplex, behind: Buffer) => {
      if (!request.url?.startsWith(path)) {
        ignoreUpgrade(app.server, request, tcp, behind);
        return;
      }
      upgraded.add(tcp);
      tcp.once('close', forget);
    });
    app.decorate('upgraded', upgraded);
  },
  { name: 'upgrades', dependencies: ['io'] },
);
