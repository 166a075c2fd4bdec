/* Builds the browser's side into dist/client and the server's into dist/server. */
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');

for (const side of ['client', 'server']) {
  await build({ configFile: join(root, side, 'vite.config.ts'), logLevel: 'warn' });
}
