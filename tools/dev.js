/*
 * The lab with hot reload, on one port. Vite serves the browser's side. The server's modules run through
 * Vite's module runner; a change to one of them builds the app anew behind the same listening socket, which
 * browsers take for a server that was restarted.
 */
import { createServer as createHttpServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createServer as createViteServer, isRunnableDevEnvironment } from 'vite';

const root = join(import.meta.dirname, '..');

const serverSide = await createViteServer({
  configFile: join(root, 'server', 'vite.config.ts'),
  appType: 'custom',
  // Node loads the packages; there is nothing to bundle for it.
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, ws: false },
});
const { ssr } = serverSide.environments;
if (!isRunnableDevEnvironment(ssr)) throw new Error('this Vite cannot run modules');
const { runner } = ssr;

/** @returns {Promise<typeof import('./dev-modules.ts')>} */
const serverModules = () => runner.import(join(import.meta.dirname, 'dev-modules.ts'));
const { CONFIG_OPTIONS, USAGE, readConfig, readOptions, openDataFolder, claimDataFolder, listenProblem } =
  await serverModules();

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(USAGE.replace('npm start', 'npm run dev'));
  process.exit(0);
}
const options = readOptions(args, CONFIG_OPTIONS);
if (!options.ok) giveUp(options.error);
const read = readConfig(process.env, options.value);
if (!read.ok) giveUp(read.error);
const config = read.value;
const folder = openDataFolder(config.dataDir);
if (!folder.ok) giveUp(folder.error);
const claimed = await claimDataFolder(config.dataDir);
if (!claimed.ok) giveUp(claimed.error);

const http = createHttpServer();
const browserSide = await createViteServer({
  configFile: join(root, 'client', 'vite.config.ts'),
  appType: 'custom',
  base: `${config.basePath}/`,
  server: { middlewareMode: true, ws: { server: http } },
});

/** The app as it is now; null while the code cannot be built. */
let app = buildApp();

http.on('request', (request, response) => {
  const { url } = request;
  browserSide.middlewares(request, response, async () => {
    request.url = url; // Vite takes the base path off
    const current = await app;
    if (current) current.server.emit('request', request, response);
    else
      response
        .writeHead(503, { 'content-type': 'text/plain' })
        .end('The server has an error; see the terminal.\n');
  });
});
http.on('upgrade', async (request, socket, head) => {
  // Vite's own listener takes its own: `vite-hmr`, `vite-ping`.
  if (request.headers['sec-websocket-protocol']?.startsWith('vite-')) return;
  const current = await app;
  if (current) current.server.emit('upgrade', request, socket, head);
  else socket.destroy();
});
http.once('error', (error) => giveUp(listenProblem(error, config) ?? error.message));
http.listen(config.port, config.host, greet);

for (const event of ['change', 'unlink']) serverSide.watcher.on(event, rebuildAfter);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);

/** @returns {Promise<import('fastify').FastifyInstance | null>} */
async function buildApp() {
  try {
    const server = await serverModules();
    const next = await server.buildApp(config, { client: { page } });
    await next.ready();
    return next;
  } catch (error) {
    console.error(error);
    return null;
  }
}

/** The one page, whatever its address: the paths in it are relative to its <base>. */
async function page() {
  const source = await readFile(join(root, 'client/index.html'), 'utf8');
  const html = await browserSide.transformIndexHtml('/index.html', source);
  return html.replace('<base href="/" />', `<base href="${config.basePath}/" />`);
}

/** @param {string} file */
function rebuildAfter(file) {
  if (!ssr.moduleGraph.getModulesByFile(file)?.size) return;
  console.log(`${file.slice(root.length + 1)} has changed: building the server anew.`);
  app = app.then(async (old) => {
    await old?.close();
    runner.clearCache();
    return buildApp();
  });
}

async function greet() {
  const [{ addresses, banner }, current] = await Promise.all([serverModules(), app]);
  const address = http.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  const urls = addresses(config, port, networkInterfaces());
  const link = (await current?.instructorLink()) ?? null;
  console.log(await banner({ urls, instructorUrl: link && new URL(link, `${urls[0]}/`).href }));
}

async function stop() {
  setTimeout(() => process.exit(1), 3000).unref();
  await (await app)?.close();
  await Promise.all([browserSide.close(), serverSide.close()]);
  process.exit(0);
}

/** @returns {never} */
function giveUp(/** @type {string} */ line) {
  console.error(line);
  process.exit(1);
}
