import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pattern } from './pattern.ts';

const effort = () => ({ left: 1_000_000 });

function matches(source: string, name: string): boolean | string | undefined {
  const compiled = Pattern.compile(source);
  return compiled.ok ? compiled.value.test(name, effort()) : compiled.error;
}

test.each<[string, string, boolean]>([
  ['', 'anything', true],
  ['.*', '', true],
  ['^amq\\.', 'amq.topic', true],
  ['^amq\\.', 'amqp', false],
  ['ha', 'a-ha', true],
  ['^(orders|audit)$', 'audit', true],
  ['^(orders|audit)$', 'audits', false],
  ['a{2,3}b', 'xaaab', true],
  ['^a{2}$', 'aaa', false],
  ['[^a-c]x', 'bx', false],
  ['[]x]', ']', true],
  ['\\d+\\w?\\s*$', 'q12_  ', true],
  ['a|', 'b', true],
  ['^a+?$', 'aaa', true],
  ['x{', 'x{', true],
  ['a$', 'a\n', true],
  ['\\x41', 'A', true],
])('%s and %s: %s', (source, name, expected) => {
  expect(matches(source, name)).toBe(expected);
});

test.each(['(', ')', '[', '*a', 'a{3,2}', '[b-a]', '\\', '(?:'])('%s is no pattern', (source) => {
  expect(matches(source, 'a')).toBe('invalid');
});

test.each([
  '(?=a)',
  '(a)\\1',
  '(?<n>a)',
  '(?i)a',
  'a++',
  '\\bq',
  '[[:alpha:]]',
  '(*UTF)a',
  'a{1001}',
  '((a{99}){99}){99}',
  '(){1000}{1000}{1000}',
])('%s is more than is understood', (source) => {
  expect(matches(source, 'a')).toBe('unsupported');
});

test('what would take a backtracking matcher years takes no longer than anything else', () => {
  const own = effort();
  const compiled = Pattern.compile('^(a+)+(a|aa)*(.*a){20}$');
  expect(compiled.ok && compiled.value.test(`${'a'.repeat(254)}!`, own)).toBe(false);
  expect(own.left).toBeGreaterThan(900_000);
});

test('when the effort is used up it says so', () => {
  const compiled = Pattern.compile('(a|b|c)*d');
  expect(compiled.ok && compiled.value.test('abcabc', { left: 10 })).toBeUndefined();
});

test('agrees with the browser’s own matcher where both understand the pattern', () => {
  const piece = fc.constantFrom('a', 'b', '.', 'a*', 'b+', '(a|b)', '(ab)?', '[ab]', '[^a]', 'a{1,2}', '^', '$', '|');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 }), (pieces, name) => {
      const source = pieces.join('');
      expect(matches(source, name)).toBe(new RegExp(source).test(name));
    }),
  );
});
