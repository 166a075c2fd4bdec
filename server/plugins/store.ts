import { join } from 'node:path';
import fp from 'fastify-plugin';
import { openStore, type Store } from '../store/open-store.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly store: Store;
  }
}

interface Options {
  readonly dataDir: string | null;
  readonly onlost: ((error: Error) => void) | undefined;
}

/** The database in the data folder, or in memory if there is none. */
export default fp<Options>(
  async (app, { dataDir, onlost }) => {
    const store = await openStore(dataDir === null ? ':memory:' : join(dataDir, 'lab.sqlite'), onlost);
    app.decorate('store', store);
    // Last in, first out: the store closes after everyone who writes to it.
    app.addHook('onClose', () => store.close());
  },
  { name: 'store' },
);
