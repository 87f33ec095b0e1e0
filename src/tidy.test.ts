import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The rules of the house that the compiler can't hold. Who may import whom; `types` rooms only with `import type`. */
const MAY_IMPORT: { readonly [room: string]: { readonly rooms: readonly string[]; readonly types?: readonly string[] } } = {
  base: { rooms: [] },
  scenario: { rooms: ['base'] },
  engine: { rooms: ['base', 'scenario'] },
  protocols: { rooms: ['base', 'scenario', 'engine'] },
  oracles: { rooms: ['base', 'engine'] },
  conformance: { rooms: ['base', 'scenario', 'engine', 'protocols'] },
  formats: { rooms: ['base', 'scenario', 'protocols'] },
  playback: { rooms: ['base', 'scenario', 'engine'] },
  stage: { rooms: ['base', 'scenario', 'engine', 'playback', 'ui', 'i18n'] },
  editor: { rooms: ['base', 'scenario', 'ui', 'i18n'], types: ['engine', 'playback'] },
  inspector: { rooms: ['base', 'scenario', 'engine', 'oracles', 'ui', 'i18n', 'playback'] },
  lessons: { rooms: ['base', 'scenario', 'engine', 'playback'] },
  i18n: { rooms: ['base'] },
  ui: { rooms: ['base', 'i18n'] },
};
const ANYTHING = new Set(['app', 'cli', '']);
const PURE = new Set(['base', 'scenario', 'engine', 'protocols', 'oracles']);
const LINES_MAX = 400;

const SRC = resolve(import.meta.dirname);

interface Import {
  readonly target: string;
  readonly isType: boolean;
  /** Loaded on demand: long after every module has been evaluated. */
  readonly isLazy: boolean;
}
interface Source {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

const IMPORT = /^\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]/gm;
const LAZY = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(path: string, text: string): readonly Import[] {
  const found: Import[] = [];
  for (const [, type, target] of text.matchAll(IMPORT))
    if (target?.startsWith('.')) found.push({ target: resolveImport(path, target), isType: type !== undefined, isLazy: false });
  for (const [, target] of text.matchAll(LAZY))
    if (target?.startsWith('.')) found.push({ target: resolveImport(path, target), isType: false, isLazy: true });
  return found;
}

function resolveImport(from: string, target: string): string {
  return relative(SRC, resolve(SRC, dirname(from), target));
}

function sources(): readonly Source[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|tsx|mts|mjs)$/.test(path) && !path.includes('recordings'))
    .map((path) => {
      const text = readFileSync(join(SRC, path), 'utf8');
      return { path, room: path.includes('/') ? (path.split('/')[0] as string) : '', text, imports: importsOf(path, text) };
    });
}

const all = sources();
const product = all.filter((s) => !/\.(test|testkit)\.tsx?$/.test(s.path));

/** Comments and strings taken out, so that prose about `Date` is no offence. */
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gm, '');
}

describe('the house is tidy', () => {
  test('rooms import only what the table allows', () => {
    const offences = product.flatMap((s) => {
      if (ANYTHING.has(s.room)) return [];
      const allowed = MAY_IMPORT[s.room];
      if (!allowed) return [`${s.path}: unknown room ${s.room}`];
      return s.imports
        .map((i) => ({ ...i, room: i.target.split('/')[0] as string }))
        .filter((i) => i.room !== s.room && !allowed.rooms.includes(i.room) && !(i.isType && allowed.types?.includes(i.room)))
        .map((i) => `${s.path} imports ${i.target}`);
    });
    expect(offences).toEqual([]);
  });

  test('protocol packs never import one another', () => {
    const pack = (path: string) => path.match(/^protocols\/([^/]+)\//)?.[1];
    const offences = product.flatMap((s) =>
      s.imports
        .filter((i) => pack(s.path) && pack(i.target) && pack(i.target) !== pack(s.path))
        .map((i) => `${s.path} imports ${i.target}`),
    );
    expect(offences).toEqual([]);
  });

  test('only main.tsx imports the app, only editor/flow imports React Flow', () => {
    const offences = [
      ...product.filter((s) => s.room !== 'app' && s.path !== 'main.tsx' && s.imports.some((i) => i.target.startsWith('app/'))),
      ...product.filter((s) => !s.path.startsWith('editor/flow/') && /from '@xyflow\//.test(s.text)),
    ].map((s) => s.path);
    expect(offences).toEqual([]);
  });

  test('what decides a run uses no clock, no chance and no function that differs between browsers', () => {
    const banned = /\bMath\.(random|sin|cos|tan|exp|log\w*|pow)\b|\bDate\b|\bIntl\b|\.localeCompare\b|\btoLocale\w+\b|\*\*/;
    const offences = product
      .filter((s) => PURE.has(s.room))
      .flatMap(
        (s) =>
          code(s.text)
            .match(banned)
            ?.map((m) => `${s.path}: ${m}`) ?? [],
      );
    expect(offences).toEqual([]);
  });

  test('nothing turns text into markup or code', () => {
    const banned = /\binnerHTML\b|\bouterHTML\b|\binsertAdjacentHTML\b|dangerouslySetInnerHTML|\beval\(|new Function\(|document\.write\b/;
    expect(product.filter((s) => banned.test(code(s.text))).map((s) => s.path)).toEqual([]);
  });

  test(`no file is longer than ${LINES_MAX} lines`, () => {
    expect(all.filter((s) => s.text.split('\n').length > LINES_MAX + 1).map((s) => s.path)).toEqual([]);
  });

  test('there is no circular import', () => {
    const graph = new Map(product.map((s) => [s.path, s.imports.filter((i) => !i.isType && !i.isLazy).map((i) => i.target)]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      const at = trail.indexOf(path);
      if (at >= 0) {
        cycles.push([...trail.slice(at), path].join(' → '));
        return;
      }
      if (done.has(path)) return;
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  test('there is no file that nothing imports', () => {
    const entries = new Set(['main.tsx', 'vite-env.d.ts']);
    const imported = new Set(product.flatMap((s) => s.imports.map((i) => i.target)));
    const byTests = new Set(all.filter((s) => !product.includes(s)).flatMap((s) => s.imports.map((i) => i.target)));
    const orphans = all.filter(
      (s) =>
        !s.path.endsWith('.test.ts') &&
        !s.path.startsWith('cli/') &&
        !entries.has(s.path) &&
        !imported.has(s.path) &&
        !(byTests.has(s.path) && s.path.endsWith('.testkit.ts')),
    );
    expect(orphans.map((s) => s.path)).toEqual([]);
  });
});
