import fp from 'fastify-plugin';

const READY_WITHIN_MS = 2000;

/** `/healthz`: the process answers. `/readyz`: so does the database, and the server is not about to stop. */
export default fp<{ basePath: string }>(
  async (app, { basePath }) => {
    let stopping = false;
    app.addHook('preClose', async () => {
      stopping = true;
    });
    app.get(`${basePath}/healthz`, async () => ({ status: 'ok' }));
    app.get(`${basePath}/readyz`, async (_request, reply) => {
      const ready = !stopping && (await answersInTime(app.store.ping()));
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
    });
  },
  { name: 'health', dependencies: ['store'] },
);

async function answersInTime(answer: Promise<void>): Promise<boolean> {
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timeout = setTimeout(() => resolve(false), READY_WITHIN_MS);
  });
  try {
    return await Promise.race([answer.then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timeout);
  }
}
