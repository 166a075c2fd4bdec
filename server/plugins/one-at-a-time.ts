import fp from 'fastify-plugin';

/**
 * A request that comes before the reply to the last one was sent ends its connection; browsers and proxies send none. Node would begin with
 * all of them at once, and of a reply whose turn has not come nobody learns that its connection has gone: a file opened for it stayed open.
 */
export default fp(
  async (app) => {
    app.addHook('onRequest', (request, reply, done) => {
      // It has no socket while another reply has it.
      if (reply.raw.socket === null) request.raw.socket.destroy();
      else done();
    });
  },
  { name: 'one-at-a-time' },
);
