import helmet from '@fastify/helmet';
import fp from 'fastify-plugin';

interface Options {
  readonly isSecure: (request: { readonly protocol: string }) => boolean;
  /** Development: Vite's page needs inline scripts and its own connections. */
  readonly anyContent: boolean;
}

const HOST = /^[\w.:[\]-]+$/;

/** Security headers. What presupposes HTTPS is left out on plain HTTP, where it would blank the page. */
export default fp<Options>(
  async (app, { isSecure, anyContent }) => {
    await app.register(helmet, {
      contentSecurityPolicy: anyContent
        ? false
        : {
            useDefaults: false,
            directives: {
              defaultSrc: ["'none'"],
              scriptSrc: ["'self'"],
              styleSrc: ["'self'"],
              imgSrc: ["'self'", 'data:'],
              fontSrc: ["'self'"],
              manifestSrc: ["'self'"],
              // Older Safari does not count WebSockets of the same host as 'self'.
              connectSrc: [
                "'self'",
                ({ headers: { host } }) => (host && HOST.test(host) ? `ws://${host} wss://${host}` : ''),
              ],
              baseUri: ["'self'"],
              objectSrc: ["'none'"],
              formAction: ["'self'"],
              frameAncestors: ["'self'"],
            },
          },
      strictTransportSecurity: false,
      crossOriginOpenerPolicy: false,
      originAgentCluster: false,
      referrerPolicy: { policy: 'no-referrer' },
    });
    app.addHook('onRequest', async (request, reply) => {
      if (!isSecure(request)) return;
      void reply.header('strict-transport-security', 'max-age=31536000');
      void reply.header('cross-origin-opener-policy', 'same-origin');
    });
  },
  { name: 'headers' },
);
