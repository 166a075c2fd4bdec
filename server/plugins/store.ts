import { join } from 'node:path';
import fp from 'fastify-plugin';
import { openStore, type Store } from '../store/open-store.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly store: Store;
  }
}

/** The database in the data folder, or in memory if there is none. */
export default fp<{ dataDir: string | null }>(
  async (app, { dataDir }) => {
    const store = await openStore(dataDir === null ? ':memory:' : join(dataDir, 'lab.sqlite'));
    app.decorate('store', store);
    // Last in, first out: the store closes after everyone who writes to it.
    app.addHook('onClose', () => store.close());
  },
  { name: 'store' },
);
