/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  compilerOptions: {
    // A stylesheet of its own, never a <style> element: the page's Content-Security-Policy has no 'unsafe-inline'.
    css: 'external',
  },
  vitePlugin: {
    // Runes in the lab's own components; libraries decide for themselves.
    dynamicCompileOptions({ filename }) {
      return filename.includes('node_modules') ? undefined : { runes: true };
    },
  },
};
