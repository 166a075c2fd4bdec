import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

/** Where the browser's side comes from: the folder of the built files or, in development, Vite. */
export type ClientSource = { readonly dir: string } | { readonly page: (url: string) => Promise<string> };

interface Options {
  readonly client: ClientSource;
  readonly basePath: string;
}

/** The built files, and the one page for every address that a browser navigates to. */
export default fp<Options>(
  async (app, { client, basePath }) => {
    const page = 'dir' in client ? await builtPage(client.dir, basePath) : client.page;

    const sendPage = async (request: FastifyRequest, reply: FastifyReply) => {
      app.greetDevice(request, reply);
      return reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-cache')
        .send(await page(request.url));
    };

    if ('dir' in client) {
      await app.register(fastifyStatic, {
        root: client.dir,
        prefix: `${basePath}/`,
        index: false,
        wildcard: false,
        cacheControl: false,
        globIgnore: ['index.html'],
        setHeaders(reply, path) {
          // Only what has a hash in its name may be kept for ever.
          const forEver = path.startsWith(join(client.dir, 'assets'));
          reply.setHeader('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
        },
      });
    }

    if (basePath !== '') {
      app.get(basePath, async (_request, reply) => reply.redirect(`${basePath}/`));
    }
    // Whoever looks whether the lab is there takes anything.
    app.get(`${basePath}/`, sendPage);
    app.setNotFoundHandler(async (request, reply) => {
      const isPage =
        (request.method === 'GET' || request.method === 'HEAD') &&
        request.url.startsWith(`${basePath}/`) &&
        request.headers.accept?.includes('text/html');
      if (isPage) return sendPage(request, reply);
      return reply.code(404).send({ code: 'route/not-found' });
    });
  },
  { name: 'static', dependencies: ['device'] },
);

/**
 * index.html says `<base href="/">`; every address in it is relative to that, so this one line moves the lab.
 */
async function builtPage(dir: string, basePath: string): Promise<() => Promise<string>> {
  const html = (await readFile(join(dir, 'index.html'), 'utf8')).replace(
    /<base href="\/" ?\/?>/,
    `<base href="${basePath}/" />`,
  );
  return async () => html;
}
