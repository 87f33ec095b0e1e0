import { describe, expect, test } from 'vitest';
import { en } from './en/index.ts';
import { LANGUAGES } from './languages.testkit.ts';
import { chooseLanguage, dynamicText, type TextKey, text, textParts } from './lookup.ts';
import { zhCN } from './zh-CN/all.testkit.ts';

const KEYS = Object.keys(en) as TextKey[];
/** Names of the arguments in a message, whatever is done with them. */
const names = (message: string) => [...new Set([...message.matchAll(/\{\s*(\w+)\s*[,}]/g)].map((match) => match[1]))].sort();

describe.each(LANGUAGES)('%s', (language) => {
  test('every text can be read: no broken braces, plurals or selections', () => {
    const args = new Proxy({}, { get: () => 1, has: () => true }) as { readonly [name: string]: number };
    const broken = KEYS.filter((key) => {
      try {
        return text(language, key, args).trim() === '' && (en[key] as string) !== '';
      } catch {
        return true;
      }
    });
    expect(broken).toEqual([]);
  });
});

test('both languages ask for the same arguments', () => {
  const simple = KEYS.filter((key) => !/plural|select/.test(en[key]) && !/plural|select/.test(zhCN[key]));
  expect(simple.filter((key) => names(en[key]).join() !== names(zhCN[key]).join())).toEqual([]);
});

test('a key without a text is shown as it is', () => {
  expect(dynamicText('en', 'no.such.key')).toBe('no.such.key');
});

test('arguments are text, never markup', () => {
  expect(text('en', 'app.opened', { name: '<b>x</b>' })).toContain('<b>x</b>');
  expect(textParts('en', 'app.opened', { name: { chip: 1 } })).toContainEqual({ chip: 1 });
});

test('the browser’s list decides, English is the last resort', () => {
  expect(chooseLanguage(['fr', 'zh-TW', 'en'])).toBe('zh-CN');
  expect(chooseLanguage(['fr'])).toBe('en');
});
