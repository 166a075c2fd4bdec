import fp from 'fastify-plugin';
import { openLab, type Lab } from '../classroom/lab.ts';
import type { Clock } from '../clock.ts';
import { newSecret } from '../secrets/tokens.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly lab: Lab;
  }
}

interface Options {
  readonly clock: Clock;
  readonly baseUrl: () => string;
}

/** The classrooms and tables of this node. */
export default fp<Options>(
  async (app, { clock, baseUrl }) => {
    const fault = (err: unknown, where: string) => app.log.error({ err, where }, 'a view could not be made');
    const tokenKey = await app.store.settings.getOr('token-key', newSecret);
    const lab = openLab({ store: app.store, clock, tokenKey, baseUrl, fault });
    app.decorate('lab', lab);
    app.addHook('onClose', () => lab.close());
  },
  { name: 'lab', dependencies: ['store'] },
);
