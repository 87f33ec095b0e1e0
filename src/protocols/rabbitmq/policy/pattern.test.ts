import { describe, expect, test } from 'vitest';
import { compilePattern, matches } from './pattern.ts';

const NAMES = ['', 'q', 'q1', 'orders', 'orders.eu', 'amq.gen-x', 'ha.orders', 'a-b_c', 'aaaa', '队列', 'dead.letters', 'x.y.z'];
const PATTERNS = [
  ...['', '.*', '^q', '^q$', '^(?!amq\\.).*', '^ha\\.', 'orders(\\.eu)?$', '^(orders|dead)', '[a-c]+', '[^a-z.]', '^a{2,3}$'],
  ...[
    '^a{4}',
    '\\d',
    '^\\w+$',
    '^\\W',
    '(a|b)*c',
    '^.{1,2}$',
    '^[\\w.]+$',
    '队',
    '(?:x\\.)?y',
    '^(?=o).*eu',
    'a*?b',
    '\\Aq',
    '[]a]',
    '[a\\-]',
  ],
];

describe('patterns of policies', () => {
  test.each(PATTERNS)('%s means what it means elsewhere', (text) => {
    const pattern = compilePattern(text);
    if (!pattern) throw new Error('not understood');
    const usual = new RegExp(text.replace('[]a]', '[\\]a]').replace('\\A', '^'));
    for (const name of NAMES) expect([name, matches(pattern, name)]).toEqual([name, usual.test(name)]);
  });

  test.each([
    '(',
    ')',
    '[a',
    '*a',
    'a{9999}',
    '(a)\\1',
    '(?<=a)b',
    'a++',
    '[[:alpha:]]',
    '('.repeat(40) + ')'.repeat(40),
    'a'.repeat(1_001),
  ])('what is not understood is said so: %s', (text) => expect(compilePattern(text)).toBeUndefined());

  test('patterns that take others for ever are done at once', () => {
    const name = `${'a'.repeat(254)}!`;
    for (const text of [
      '^(a+)+$',
      '^(a|aa)*$',
      '^(a|a?)+$',
      '(.*)*x',
      '^((a*)*)*$',
      '(a{0,30}){0,30}b',
      `^${'(?=.*'.repeat(25)}b${')'.repeat(25)}`,
    ]) {
      const pattern = compilePattern(text);
      if (pattern) expect(matches(pattern, name)).toBe(false);
    }
  });
});
