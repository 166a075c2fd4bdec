import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

/**
 * Threads are started as files, `new Worker(new URL('./x-worker.js', import.meta.url))`, so each is an entry.
 */
const workers = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('-worker.js'),
);

export default defineConfig(({ command }) => ({
  root: here,
  // To find and read a thousand small files of libraries takes longer than all the rest of a start (1030 →
  // 540 ms until it listens). What brings compiled code stays a package, and so does what only npm run dev
  // needs. There Node itself loads every package: many are CommonJS.
  ssr: command === 'build' ? { noExternal: true, external: ['libsql', '@node-rs/argon2', 'vite'] } : {},
  build: {
    ssr: true,
    target: 'node20',
    outDir: join(here, '../dist/server'),
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      input: {
        main: join(here, 'main.ts'),
        lab: join(here, 'lab.ts'),
        demo: join(here, 'demo/main.ts'),
        bench: join(here, 'bench/main.ts'),
        'bench-bare': join(here, 'bench/bare-server.ts'),
        'bench-lab': join(here, 'bench/lab-server.ts'),
        ...Object.fromEntries(workers.map((file) => [basename(file, '.js'), join(here, file)])),
      },
      // One flat folder, so that a worker lies beside whatever chunk starts it.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
}));
