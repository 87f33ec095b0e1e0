import { parse } from '@formatjs/icu-messageformat-parser';
import react from '@vitejs/plugin-react';
import { type Plugin, runnerImport } from 'vite';
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

/**
 * The drawing's view jumps, it never glides there. What React Flow has for gliding (transitions and what lies between
 * colours, shapes and styles) is a tenth of all that the page fetches before it shows anything, and is replaced by its doing
 * nothing.
 */
function withoutTransitions(): Plugin {
  const transition = `import { selection } from 'd3-selection';
    selection.prototype.interrupt = function () { return this; };
    selection.prototype.transition = function () { throw new Error('the view does not glide'); };
    export function interrupt() {}`;
  const interpolate = `export function interpolate() { throw new Error('the view does not glide'); }
    export { interpolate as interpolateZoom };`;
  const modules = new Map([
    ['d3-transition', transition],
    ['d3-interpolate', interpolate],
  ]);
  const prefix = '\0without-transitions/';
  return {
    name: 'without-transitions',
    enforce: 'pre',
    resolveId: (source) => (modules.has(source) ? `${prefix}${source}` : undefined),
    load: (loaded) => (loaded.startsWith(prefix) ? modules.get(loaded.slice(prefix.length)) : undefined),
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

/** Texts are parsed while building, so that the page need not fetch a parser before it says its first word. */
function parsedTexts(): Plugin {
  const isCatalogue = /\/src\/i18n\/(?:en|zh-CN)\/(?!index|first|rest)\w+\.ts$/;
  const parsed = (message: string) => {
    const elements = parse(message, { ignoreTag: true });
    const [only] = elements;
    return elements.length === 1 && only && 'value' in only && only.type === 0 ? only.value : elements;
  };
  return {
    name: 'parsed-texts',
    apply: 'build',
    enforce: 'pre',
    config: () => ({ define: { __TEXTS_ARE_PARSED__: 'true' } }),
    resolveId(source, importer) {
      return source === '@formatjs/icu-messageformat-parser' ? this.resolve(`${source}/no-parser.js`, importer) : undefined;
    },
    async load(id) {
      if (!isCatalogue.test(id)) return undefined;
      const { module } = await runnerImport<Record<string, Record<string, string>>>(id);
      const catalogues = Object.entries(module).map(([name, texts]) => {
        const entries = Object.entries(texts).map(([key, message]) => [key, parsed(message)]);
        return `export const ${name} = ${JSON.stringify(Object.fromEntries(entries))};`;
      });
      return catalogues.join('\n');
    },
  };
}

export default defineConfig({
  // Relative, so that the built folder works under any path.
  base: './',
  plugins: [parsedTexts(), withoutScrollLock(), withoutTransitions(), withoutPolicyInDevelopment(), react()],
  optimizeDeps: { rolldownOptions: { plugins: [withoutScrollLock(), withoutTransitions()] } },
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
    // A slow machine is no failure: this is for what hangs.
    testTimeout: 120_000,
  },
});
