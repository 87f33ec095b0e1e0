import type { Json } from '../../../../base/index.ts';

/** The first place where `got` is not what is expected; undefined when it is. Fields of `got` that nobody expects are differences, too. */
export function difference(where: string, expected: Json | undefined, got: Json | undefined): string | undefined {
  if (expected === got) return undefined;
  const isDeep = typeof expected === 'object' && expected !== null && typeof got === 'object' && got !== null;
  if (!isDeep || Array.isArray(expected) !== Array.isArray(got))
    return `${where}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`;
  const a = expected as { readonly [key: string]: Json };
  const b = got as { readonly [key: string]: Json };
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const inner = difference(`${where}.${key}`, a[key], b[key]);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
