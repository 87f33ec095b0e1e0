import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasText } from '../../i18n/index.ts';
import { sampleRun, sampleVocabulary as vocabulary } from '../sample.testkit.ts';
import type { Problem } from '../types.ts';
import { toBase64 } from './base64.ts';
import { compactRun } from './compact.ts';
import { seal } from './envelope.ts';
import { DICTIONARY_1 } from './frozen1.ts';
import { decodeLink, encodeLink } from './link.ts';
import { squeeze } from './squeeze.ts';

const link = encodeLink(sampleRun());
/** A link with good checks around any content. */
const forged = (json: string) => seal(1, toBase64(squeeze(json, DICTIONARY_1)));
const squeezedRaw = (bytes: Uint8Array) => toBase64(deflateRawSync(bytes, { level: 9 }));

/** Every hostile link is answered with a problem that has words, within half a second, and nothing is thrown. */
function problemOf(fragment: string): Problem {
  const start = performance.now();
  const result = decodeLink(fragment, vocabulary);
  expect(performance.now() - start).toBeLessThan(500);
  if (result.ok) throw new Error(`opened: ${fragment.slice(0, 200)}`);
  expect(hasText(`problem.${result.error.key}`), result.error.key).toBe(true);
  expect(hasText(`remedy.${result.error.remedy}`), result.error.remedy).toBe(true);
  return result.error;
}

describe('a hostile link', () => {
  test('cut at any length is called cut', () => {
    expect(problemOf('').key).toBe('link.empty');
    for (let length = 1; length < link.length; length++)
      expect([length, problemOf(link.slice(0, length)).key]).toEqual([length, 'link.cut']);
  });

  test('with one letter changed anywhere never opens, and is called damaged inside its content', () => {
    const content = link.lastIndexOf('.') + 1;
    for (let at = 0; at < link.length; at++) {
      for (let bit = 0; bit < 7; bit++) {
        const letter = String.fromCharCode(link.charCodeAt(at) ^ (1 << bit));
        const { key } = problemOf(link.slice(0, at) + letter + link.slice(at + 1));
        if (at >= content && /[\w-]/.test(letter)) expect(key).toBe('link.damaged');
      }
    }
  });

  test('with its letters in capitals, or two of them exchanged, is damaged', () => {
    expect(problemOf(link.toUpperCase()).key).toBe('link.damaged');
    const at = link.length - 40;
    expect(problemOf(link.slice(0, at) + link.charAt(at + 1) + link.charAt(at) + link.slice(at + 2)).key).toBe('link.damaged');
  });

  test('from a newer release says so', () => {
    const newer = seal(1, 'whatever', 2);
    expect(problemOf(newer)).toMatchObject({ key: 'link.newer', remedy: 'reload' });
  });

  test('that is too long is not looked at', () => {
    expect(problemOf('A'.repeat(65_537)).key).toBe('link.tooLong');
    expect(problemOf('.'.repeat(5_000_000)).key).toBe('link.tooLong');
    expect(problemOf(`${'%41.'.repeat(16_000)}!`).key).toBe('link.damaged');
  });

  test('that would inflate to fifty megabytes is stopped at two', () => {
    const bomb = seal(1, squeezedRaw(new Uint8Array(48_000_000)));
    expect(bomb.length).toBeGreaterThan(60_000);
    expect(problemOf(bomb).key).toBe('link.tooLarge');
  });

  test('of blocks without an end is damaged', () => {
    // Stored blocks of no length, none of them the last.
    const blocks = new Uint8Array(49_000);
    for (let i = 0; i + 5 <= blocks.length; i += 5) blocks.set([0, 0, 0, 0xff, 0xff], i);
    expect(problemOf(seal(1, toBase64(blocks))).key).toBe('link.damaged');
  });

  test('of arbitrary characters never opens', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void problemOf(text)));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void problemOf(seal(1, toBase64(bytes)))));
  });

  test.each([
    ['no JSON', '[1,'],
    ['a number for everything', '7'],
    ['a text', '"x"'],
    ['an object', '{"__proto__":{"ok":true}}'],
    ['nothing', 'null'],
    ['numbers without end', '[[0,[3],0,0,[1e999]]]'],
    ['an unknown index of a name', '[[0,[9999]]]'],
    ['a negative index', '[[0,[-1]]]'],
    ['a fraction of an index', '[[0,[0.5]]]'],
    ['a prototype as kind', '[[0,["__proto__","constructor"]]]'],
    ['a prototype as field', '[[["a"],["test/sink"],["s"],0,0,0,0,[["__proto__",1]]]]'],
    ['a list for a name', '[[["a"],["test/sink"],[[]]]]'],
    ['a line to nowhere', '[0,[["l"],["test/feed"],["x"],["y"]]]'],
    ['a line to a number beyond all', '[0,[["l"],["test/feed"],[5],[6]]]'],
    ['a part inside itself', '[[["a"],["test/pipe"],["s"],[1]]]'],
    ['parts inside one another', '[[["a","b"],["test/pipe","test/pipe"],["s","t"],[2,1]]]'],
    ['the same id twice', '[[["a","a"],["test/sink","test/sink"]]]'],
    ['an id that implied lines have', '[[["a>b"],["test/sink"]]]'],
    ['an intervention on nothing', '[0,0,0,[[1],["crash"],["x"]]]'],
    ['an intervention of an unknown kind', '[[["a"],["test/sink"]],0,0,[[1],["__proto__"],[0]]]'],
    ['a negative time', '[[["a"],["test/sink"]],0,0,[[-1],["crash"],[0]]]'],
    ['a time beyond all', '[[["a"],["test/sink"]],0,0,[[1e300],["crash"],[0]]]'],
    ['a seed that is none', '[0,0,0,0,1e12]'],
    ['a variant of nothing', '[0,0,0,0,0,0,0,0,["t",["x",[10,1]]]]'],
    ['a view after a fact of no side', '[0,0,0,0,0,0,0,0,0,[5,0,0,0,0,3,2]]'],
    ['a view after a fact before all', '[0,0,0,0,0,0,0,0,0,[5,0,0,0,0,-3]]'],
    ['a view of a time before the start', '[0,0,0,0,0,0,0,0,0,[-5]]'],
  ])('with %s has a clear answer', (_, json) => {
    problemOf(forged(json));
  });

  test('of deep nesting is damaged', () => {
    expect(problemOf(forged(`${'['.repeat(500_000)}${']'.repeat(500_000)}`)).key).toBe('link.damaged');
    expect(problemOf(forged(`[[0,[0],0,0,0,0,0,[${'["a",['.repeat(15)}${']]'.repeat(15)}]]]`)).key).toBe('link.damaged');
  });

  test('of a million nodes is damaged', () => {
    expect(problemOf(forged(`[[0,[${'3,'.repeat(900_000)}3]]]`)).key).toBe('link.damaged');
  });

  test('of a thousand nodes and four thousand lines is answered in time', () => {
    const kinds = Array.from({ length: 1_000 }, () => 'test/sink');
    const lines = Array.from({ length: 4_000 }, () => 'test/feed');
    problemOf(
      forged(
        JSON.stringify([
          [0, kinds],
          [0, lines, lines.map((_, i) => i % 999), lines.map((_, i) => i % 997)],
        ]),
      ),
    );
  });

  test('with markup in its names keeps it as text', () => {
    const name = '<img src=x onerror=alert(1)>';
    const run = sampleRun();
    const parts = run.scenario.parts.map((part) => ({ ...part, name }));
    const decoded = decodeLink(encodeLink({ ...run, scenario: { ...run.scenario, title: name, parts } }), vocabulary);
    expect(decoded.ok && decoded.value.run.scenario.parts.map((part) => part.name)).toEqual(parts.map(() => name));
  });

  test('leaves every object’s prototype alone', () => {
    const json = '[[["a"],["test/sink"],["s"],0,0,0,0,[["__proto__",{"hacked":true},"constructor",{"hacked":1}]]]]';
    problemOf(forged(json));
    expect(({} as { hacked?: unknown }).hacked).toBeUndefined();
  });

  test('with one value of the compact form replaced by any other opens nothing by throwing', () => {
    const compact = JSON.stringify(compactRun(sampleRun(), undefined));
    const strange = ['null', '-1', '1e999', '0.3', '"x"', '[]', '{}', 'true', '[[[]]]', '{"__proto__":1}'];
    for (const match of compact.matchAll(/"[^"]*"|-?\d+(?:\.\d+)?/g)) {
      for (const value of strange) {
        const result = decodeLink(forged(compact.slice(0, match.index) + value + compact.slice(match.index + match[0].length)), vocabulary);
        expect(typeof result.ok).toBe('boolean');
      }
    }
  });
});
