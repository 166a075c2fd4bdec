import { fileURLToPath } from 'node:url';

const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * For the Vite plugin and for tools/messages.js alike, so both compile the same functions.
 *
 * @type {import('@inlang/paraglide-js').CompilerOptions}
 */
export default {
  project: path('project.inlang'),
  outdir: path('paraglide'),
  strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
  localStorageKey: 'handshake-lab:locale',
  isServer: 'false',
  outputStructure: 'message-modules',
  emitReadme: false,
};
