import { fastify, type FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import staticFiles, { type ClientSource } from './plugins/static.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** A new one-use link for the instructor while nobody is one yet, relative to the lab's address; else null. */
    instructorLink: () => Promise<string | null>;
  }
}

export interface Deps {
  /** Without it the app has its routes and sockets, but no pages. */
  readonly client?: ClientSource;
}

/** The server, not yet listening: its plugins in order. */
export async function buildApp(config: Config, deps: Deps = {}): Promise<FastifyInstance> {
  const app = fastify({
    logger: { level: config.logLevel },
    trustProxy: [...config.trustProxy],
    bodyLimit: 64 * 1024,
    connectionTimeout: 60_000,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
  });
  app.decorate('instructorLink', async () => null);
  app.get(`${config.basePath}/healthz`, async () => ({ status: 'ok' }));
  if (deps.client) await app.register(staticFiles, { client: deps.client, basePath: config.basePath });
  return app;
}
