import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import paraglide from './paraglide.config.js';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  root: path('.'),
  // Relative, so that the same build serves under any BASE_PATH.
  base: './',
  plugins: [paraglideVitePlugin(paraglide), svelte({ configFile: path('svelte.config.js') })],
  build: {
    outDir: path('../dist/client'),
    emptyOutDir: true,
    target: 'es2022',
    // The Content-Security-Policy allows images from data: URLs, and nothing else.
    assetsInlineLimit: (file) => (/\.(svg|png|webp)$/.test(file) ? undefined : false),
    modulePreload: { polyfill: false },
  },
  server: { fs: { allow: [path('..')] } },
});
