import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from './json.ts';
import { faultOf } from './jsonFault.ts';

function placeOf(text: string): unknown {
  const result = readJson(text);
  return result.ok ? 'fine' : result.error;
}

describe('reading JSON', () => {
  test('gives what it says', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value, undefined, 1);
        expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
        expect(faultOf(text)).toBe(text.length);
      }),
    );
  });

  test.each([
    ['{"a": oops}', 1, 7],
    ['{\n  "a": 1,\n}', 3, 1],
    ['[1 2]', 1, 4],
    ['{"a" 1}', 1, 6],
    ['[1,\n2,\n"x\ny"]', 3, 3],
    ['[01]', 1, 3],
    ['[1]]', 1, 4],
    ['{"a": 1', 1, 8],
    ['[1}', 1, 3],
    ['[truth]', 1, 2],
  ])('tells where %j goes wrong', (text, line, column) => {
    expect(placeOf(text)).toEqual({ type: 'syntax', line, column });
  });

  test('tells a place for whatever it can’t read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', 'true', ' ', '\n', 'x'), { maxLength: 12 }),
        (tokens) => {
          const text = tokens.join('');
          const result = readJson(text);
          // A text that only lacks its end is at fault there.
          if (!result.ok) expect(faultOf(text)).toBeLessThanOrEqual(text.length);
          else expect(faultOf(text)).toBe(text.length);
        },
      ),
    );
  });

  test('counts brackets in strings as text, and refuses more than 32 levels', () => {
    expect(placeOf(`["${'['.repeat(99)}\\"["]`)).toBe('fine');
    expect(placeOf(`${'['.repeat(32)}${']'.repeat(32)}`)).toBe('fine');
    expect(placeOf(`${'['.repeat(33)}${']'.repeat(33)}`)).toEqual({ type: 'deep' });
    expect(placeOf('['.repeat(2_000_000))).toEqual({ type: 'deep' });
  });
});
