import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import proxyAddr from '@fastify/proxy-addr';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import { fastify, type FastifyInstance } from 'fastify';
import { addresses } from './addresses.ts';
import { Buckets } from './buckets.ts';
import { clockFrom } from './clock-from.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Config } from './config.ts';
import { LIMITS, type Limits } from './limits.ts';
import { loggerOptions } from './logging.ts';
import { isOwnOrigin } from './origins.ts';
import auth from './plugins/auth.ts';
import device from './plugins/device.ts';
import errors from './plugins/errors.ts';
import headers from './plugins/headers.ts';
import health from './plugins/health.ts';
import io from './plugins/io.ts';
import lab from './plugins/lab.ts';
import oneAtATime from './plugins/one-at-a-time.ts';
import ownPagesOnly from './plugins/own-pages-only.ts';
import sockets from './plugins/sockets.ts';
import staticFiles, { type ClientSource } from './plugins/static.ts';
import store from './plugins/store.ts';
import upgrades from './plugins/upgrades.ts';
import { addresses as addressList } from './routes/addresses.ts';
import { exports } from './routes/exports.ts';
import { join } from './routes/join.ts';
import { practice } from './routes/practice.ts';
import { rejoin } from './routes/rejoin.ts';
import { roster } from './routes/roster.ts';
import { screen } from './routes/screen.ts';
import { session } from './routes/session.ts';
import { setup } from './routes/setup.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * A new one-use link by which the first account is made, relative to the lab's address; older ones end.
     * Null: there is one.
     */
    instructorLink: () => Promise<string | null>;
  }
}

export interface Deps {
  /** Without it the app has its routes and sockets, but no pages. */
  readonly client?: ClientSource;
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
  /**
   * The database has gone: nothing can be answered any more, and whoever started the process should start it
   * again.
   */
  readonly onlost?: (error: Error) => void;
}

/**
 * The server, not yet listening: its plugins in order. Rejects with NewerSchemaError if the data is a newer
 * release's.
 */
export async function buildApp(config: Config, deps: Deps = {}): Promise<FastifyInstance> {
  const { basePath, publicUrl, trustProxy } = config;
  const limits = { ...LIMITS, ...deps.limits };
  const app = fastify({
    logger: loggerOptions(config.logLevel),
    trustProxy: [...trustProxy],
    bodyLimit: 64 * 1024,
    connectionTimeout: 60_000,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
  }).setValidatorCompiler(TypeBoxValidatorCompiler);

  const ownAddresses = () => {
    const address = app.server.address() as AddressInfo | null;
    return addresses(config, address?.port ?? config.port, networkInterfaces());
  };
  const baseUrl = () => ownAddresses()[0] ?? '';
  const isOwn = ({ headers: { origin, host } }: Pick<IncomingMessage, 'headers'>) =>
    isOwnOrigin({ origin, host }, publicUrl === null ? [] : [publicUrl]) ||
    isOwnOrigin({ origin, host }, ownAddresses());
  /** Whether the browser asked over HTTPS, which a proxy may have taken off on the way. */
  const isSecure = ({ protocol }: { readonly protocol: string }) =>
    protocol === 'https' || (publicUrl?.startsWith('https:') ?? false);
  // As Fastify does for its own requests: whoever is no proxy of ours may say what they like.
  const isProxy = proxyAddr.compile([...trustProxy]);
  const addressOf = (request: IncomingMessage) => proxyAddr(request, isProxy);

  await app.register(oneAtATime);
  await app.register(errors);
  await app.register(headers, {
    isSecure,
    anyContent: deps.client !== undefined && 'page' in deps.client,
  });
  await app.register(store, { dataDir: config.dataDir, onlost: deps.onlost });
  const clock = clockFrom(await app.store.newestAt(), deps.clock ?? systemClock);
  await app.register(health, { basePath });
  await app.register(auth, { clock, basePath, isSecure });
  await app.register(lab, { clock, baseUrl });
  await app.register(device, { basePath, limits });
  await app.register(io, { basePath, isOwn, addressOf, handshakes: new Buckets(clock, limits.handshakes) });
  await app.register(upgrades);
  await app.register(sockets, { limits, baseUrl });
  await app.register(ownPagesOnly, { isOwn });
  const prefix = `${basePath}/api`;
  await app.register(join, { prefix, limits });
  await app.register(rejoin, { prefix });
  await app.register(screen, { prefix });
  await app.register(practice, { prefix, limits });
  await app.register(setup, { prefix, limits, baseUrl });
  await app.register(session, { prefix });
  await app.register(addressList, { prefix, ownAddresses });
  await app.register(exports, { prefix });
  await app.register(roster, { prefix });
  if (deps.client) await app.register(staticFiles, { client: deps.client, basePath });
  // Fastify's own would write the address, with whatever is in it, to the log.
  else app.setNotFoundHandler((_request, reply) => reply.code(404).send());

  app.decorate('instructorLink', () => app.accounts.firstLink());
  return app;
}
