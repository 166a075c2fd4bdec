import type { Socket } from 'node:net';
import fp from 'fastify-plugin';

/**
 * A connection's requests are begun one after the other, each once the reply before it is sent. Node would
 * begin with all of them at once, and of a reply whose turn has not come nobody learns that its connection
 * has gone: a file opened for it stayed open. One may wait, for a client can have the whole of a reply before
 * the server has noticed; browsers and proxies never let two wait.
 */
export default fp(
  async (app) => {
    const oneWaits = new WeakSet<Socket>();
    app.addHook('onRequest', (request, reply, done) => {
      const { socket } = request.raw;
      // It has none while the reply before it has it.
      if (reply.raw.socket !== null) done();
      else if (oneWaits.has(socket)) socket.destroy();
      else {
        oneWaits.add(socket);
        reply.raw.once('socket', () => {
          oneWaits.delete(socket);
          done();
        });
      }
    });
  },
  { name: 'one-at-a-time' },
);
