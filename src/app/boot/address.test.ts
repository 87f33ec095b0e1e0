import { expect, test } from 'vitest';
import { plainSearch, readAddress } from './address.ts';

test('the address chooses scenario, language, theme and shared run', () => {
  expect(readAddress('?scenario=hello&lang=zh-CN&theme=dark', '#1abc')).toEqual({
    scenario: 'hello',
    language: 'zh-CN',
    theme: 'dark',
    fragment: '1abc',
  });
});

test('what the address does not say, or says wrongly, stays open', () => {
  expect(readAddress('?lang=fr&theme=pink', '')).toEqual({ scenario: undefined, language: undefined, theme: undefined, fragment: '' });
});

test('leaving a scenario keeps the reader’s language and theme in the address', () => {
  expect(plainSearch('?scenario=hello&lang=en')).toBe('?lang=en');
  expect(plainSearch('?scenario=hello')).toBe('');
});
