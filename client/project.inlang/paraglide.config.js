/** Read by the Vite plugin and by the compiler's command line alike, so both compile the same functions. */
export default {
  strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
  localStorageKey: 'handshake-lab:locale',
  isServer: 'false',
  emitReadme: false,
};
