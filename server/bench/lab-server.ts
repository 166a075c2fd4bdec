import type { AddressInfo } from 'node:net';
import { buildApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { answerBench } from './measured.ts';

/*
 * The lab as it runs in a class, on its real store, but without limits on how much one may ask for: a load
 * generator is one address with very quick fingers.
 */

const NO_LIMIT = { burst: 1e12, perS: 1e12 };

const config = readConfig(process.env, new Map());
if (!config.ok) throw new Error(config.error);

const app = await buildApp(config.value, {
  limits: {
    messages: NO_LIMIT,
    handshakes: NO_LIMIT,
    joins: NO_LIMIT,
    practices: NO_LIMIT,
    setups: NO_LIMIT,
    wrongCodes: NO_LIMIT,
  },
});
await app.listen({ host: config.value.host, port: config.value.port });
const { port } = app.server.address() as AddressInfo;
answerBench({ port, setup: (await app.instructorLink()) ?? '' }, () => app.close());
