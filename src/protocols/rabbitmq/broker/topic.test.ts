import { describe, expect, test } from 'vitest';
import { topicMatches, topicMismatch, topicWords } from './topic.ts';

/** All word lists of up to `length` words over an alphabet, the empty list included. */
function wordLists(alphabet: readonly string[], length: number): readonly (readonly string[])[] {
  if (length === 0) return [[]];
  const shorter = wordLists(alphabet, length - 1);
  const longest = shorter.filter((list) => list.length === length - 1);
  return [...shorter, ...longest.flatMap((list) => alphabet.map((word) => [...list, word]))];
}

/** An independent reference: each `#` swallows nothing, or one word and stays. */
function reference(pattern: readonly string[], key: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return key.length === 0;
  if (head === '#') return reference(rest, key) || (key.length > 0 && reference(pattern, key.slice(1)));
  return key.length > 0 && (head === '*' || head === key[0]) && reference(rest, key.slice(1));
}

const text = (words: readonly string[]) => words.join('.');

describe('topic patterns', () => {
  test('match every key of up to four words as the rule says', () => {
    const patterns = wordLists(['a', 'b', '*', '#'], 4);
    const keys = wordLists(['a', 'b'], 4);
    let pairs = 0;
    const wrong: string[] = [];
    for (const pattern of patterns) {
      for (const key of keys) {
        pairs++;
        const matches = topicMatches(topicWords(text(pattern)), topicWords(text(key)));
        if (matches !== reference(pattern, key)) wrong.push(`${text(pattern)} and ${text(key)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(pairs).toBe(341 * 31);
  });

  test.each([
    ['', '', true],
    ['*', '', false],
    ['#', '', true],
    ['#.#', '', true],
    ['*.*', '.', true],
    ['.', '.', true],
    ['a..b', 'a..b', true],
    ['a.*.b', 'a..b', true],
    ['a.#.b', 'a.b', true],
    ['*', '#', true],
    ['a*.b', 'ax.b', false],
    ['a*.b', 'a*.b', true],
  ])('%j and key %j: %j', (pattern, key, expected) => {
    expect(topicMatches(topicWords(pattern), topicWords(key))).toBe(expected);
  });

  test('a long pattern of hashes ends soon', () => {
    const pattern = topicWords(`${'#.a.'.repeat(40)}b`);
    expect(topicMatches(pattern, topicWords('a.'.repeat(200)))).toBe(false);
  });

  test('a mismatch names the first word that does not fit', () => {
    const why = (pattern: string, key: string) => topicMismatch(topicWords(pattern), topicWords(key));
    expect(why('audit.*', 'order.new')).toEqual({ why: 'topic-word', word: 1, fromEnd: false, got: 'order', wanted: 'audit' });
    expect(why('#.err', 'a.b.ok')).toEqual({ why: 'topic-word', word: 1, fromEnd: true, got: 'ok', wanted: 'err' });
    expect(why('a.*.c', 'a.b')).toEqual({ why: 'topic-too-short', got: 2, wanted: 3 });
    expect(why('a.*', 'a.b.c')).toEqual({ why: 'topic-too-long', got: 3, wanted: 2 });
    expect(why('a.#.x.#.b', 'a.y.b')).toEqual({ why: 'topic-middle', wanted: 'x' });
  });

  test('every mismatch over four words has a reason whose word really differs', () => {
    for (const pattern of wordLists(['a', 'b', '*', '#'], 4)) {
      for (const key of wordLists(['a', 'b'], 4)) {
        if (reference(pattern, key)) continue;
        const found = topicMismatch(pattern, key);
        if (found.why === 'topic-word') expect(found.got).not.toBe(found.wanted);
        if (found.why === 'topic-too-short') expect(found.got).toBeLessThan(found.wanted);
        if (found.why === 'topic-too-long') expect(found.got).toBeGreaterThan(found.wanted);
        if (found.why === 'topic-middle') expect(found.wanted).not.toBe('');
      }
    }
  });
});
