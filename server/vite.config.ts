import { dirname, posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** A file that is started as a thread, `new URL('./x-worker.js', import.meta.url)`, becomes a chunk of its own. */
const workerFiles: Plugin = {
  name: 'worker-files',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    const built = code.replace(
      /new URL\('(\.\/[\w-]+-worker\.js)', import\.meta\.url\)/g,
      (_, file: string) => {
        const chunk = this.emitFile({ type: 'chunk', id: resolve(dirname(id), file) });
        return `new URL(import.meta.ROLLUP_FILE_URL_${chunk})`;
      },
    );
    return built === code ? null : { code: built, map: null };
  },
  resolveFileUrl({ fileName, chunkId }) {
    const relative = posix.relative(posix.dirname(chunkId), fileName);
    return `new URL(${JSON.stringify(`./${relative}`)}, import.meta.url).href`;
  },
};

export default defineConfig({
  root: path('.'),
  plugins: [workerFiles],
  build: {
    ssr: true,
    target: 'node20',
    outDir: path('../dist/server'),
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      input: { main: path('main.ts') },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
