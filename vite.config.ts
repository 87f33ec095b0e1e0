import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * The page never scrolls as a whole, so dialogs have no scrolling to lock. The library that Radix uses for it puts a
 * style element into the page, which the Content-Security-Policy forbids: it is replaced by its plain content.
 */
function withoutScrollLock(): Plugin {
  const id = '\0without-scroll-lock';
  return {
    name: 'without-scroll-lock',
    enforce: 'pre',
    resolveId: (source) => (source === 'react-remove-scroll' ? id : undefined),
    load: (loaded) =>
      loaded === id
        ? `import { createElement } from 'react';
           export function RemoveScroll({ as = 'div', allowPinchZoom, shards, ...rest }) { return createElement(as, rest); }`
        : undefined,
  };
}

/** The development server reloads over a connection and with inline code; the policy is for the built page. */
function withoutPolicyInDevelopment(): Plugin {
  return {
    name: 'without-policy-in-development',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''),
  };
}

export default defineConfig({
  // Relative, so that the built folder works under any path.
  base: './',
  plugins: [withoutScrollLock(), withoutPolicyInDevelopment(), react()],
  optimizeDeps: { rolldownOptions: { plugins: [withoutScrollLock()] } },
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    // An inlined asset would need a data: source in more places than pictures.
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['src/i18n/languages.testkit.ts'],
  },
});
