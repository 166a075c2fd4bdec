/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  compilerOptions: {
    runes: true,
    // A stylesheet of its own, never a <style> element: the page's Content-Security-Policy has no
    // 'unsafe-inline'.
    css: 'external',
  },
  vitePlugin: {
    // Libraries decide for themselves.
    dynamicCompileOptions: ({ filename }) =>
      filename.includes('node_modules') ? { runes: undefined } : undefined,
  },
};
