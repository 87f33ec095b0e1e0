import type { Mismatch } from './reasons.ts';

/**
 * Words of a routing key or pattern. The empty text has no words at all; every dot parts two words, so that `.` is two
 * empty words (as rabbit_exchange_type_topic splits it).
 */
export function topicWords(text: string): readonly string[] {
  return text === '' ? [] : text.split('.');
}

/** Whether pattern words match key words: `*` is exactly one word, `#` any number of words, none included. */
export function topicMatches(pattern: readonly string[], key: readonly string[]): boolean {
  // Two fingers with one step back to the latest `#`: linear for real patterns, never exponential.
  let p = 0;
  let k = 0;
  let hash = -1;
  let taken = 0;
  while (k < key.length) {
    const word = pattern[p];
    if (p < pattern.length && word === '#') {
      hash = p++;
      taken = k;
    } else if (p < pattern.length && (word === '*' || word === key[k])) {
      p++;
      k++;
    } else if (hash >= 0) {
      p = hash + 1;
      k = ++taken;
    } else return false;
  }
  while (p < pattern.length && pattern[p] === '#') p++;
  return p === pattern.length;
}

function differs(wanted: string | undefined, got: string | undefined): boolean {
  return wanted !== '*' && wanted !== got;
}

/** The first word that does not fit, for patterns that do not match. */
export function topicMismatch(pattern: readonly string[], key: readonly string[]): Mismatch {
  const first = pattern.indexOf('#');
  const needed = pattern.reduce((n, word) => (word === '#' ? n : n + 1), 0);
  const head = first < 0 ? pattern.length : first;
  for (let i = 0; i < head && i < key.length; i++) {
    const wanted = pattern[i] as string;
    if (differs(wanted, key[i])) return { why: 'topic-word', word: i + 1, fromEnd: false, got: key[i] as string, wanted };
  }
  if (key.length < needed) return { why: 'topic-too-short', got: key.length, wanted: needed };
  if (first < 0) return { why: 'topic-too-long', got: key.length, wanted: needed };
  for (let i = 1; pattern[pattern.length - i] !== '#'; i++) {
    const wanted = pattern[pattern.length - i] as string;
    const got = key[key.length - i] as string;
    if (differs(wanted, got)) return { why: 'topic-word', word: i, fromEnd: true, got, wanted };
  }
  return { why: 'topic-middle', wanted: pattern.slice(first + 1, pattern.lastIndexOf('#')).join('.') };
}
