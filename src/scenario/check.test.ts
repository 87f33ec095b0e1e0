import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkConfig, defaultsOf, dropDefaults, withDefaults } from './check.ts';
import { anyConfig } from './random.testkit.ts';
import { SOURCE_FIELDS as FIELDS } from './sample.testkit.ts';
import { DEFAULT_SETTINGS, settingsForm, settingsFrom } from './settings.ts';

const keysOf = (config: unknown) => checkConfig(FIELDS, config).map(({ field, key }) => [field, key]);

describe('field tables', () => {
  test('defaults are those of the table, also inside lists', () => {
    expect(defaultsOf(FIELDS)).toEqual({ everyMillis: 1_000, mode: 'rate', loud: false, templates: [{ key: '', weight: 1, headers: {} }] });
  });

  test('leaving defaults out and filling them in are inverse', () => {
    fc.assert(
      fc.property(anyConfig(FIELDS), (config) => {
        expect(dropDefaults(FIELDS, withDefaults(FIELDS, config))).toEqual(config);
        expect(checkConfig(FIELDS, config)).toEqual([]);
        expect(checkConfig(FIELDS, withDefaults(FIELDS, config))).toEqual([]);
      }),
    );
  });

  test('fields are written in the order of the table, whatever order they came in', () => {
    expect(Object.keys(dropDefaults(FIELDS, { loud: true, mode: 'burst', everyMillis: 5 }))).toEqual(['everyMillis', 'mode', 'loud']);
  });

  test('each field that makes no sense is told with its reason, once', () => {
    expect(keysOf({ everyMillis: 0.5, mode: 'never', loud: 1, templates: {} })).toEqual([
      ['everyMillis', 'field.integer'],
      ['mode', 'field.choice'],
      ['loud', 'field.boolean'],
      ['templates', 'field.list'],
    ]);
  });

  test('the bounds of a number are told', () => {
    expect(checkConfig(FIELDS, { everyMillis: 0 })).toEqual([
      { field: 'everyMillis', key: 'field.range', args: { name: 'everyMillis', min: 1, max: 10_000 } },
    ]);
  });

  test('a problem inside a list names entry and field', () => {
    expect(checkConfig(FIELDS, { templates: [{}, { key: 'x'.repeat(21) }] })).toEqual([
      { field: 'templates.1.key', key: 'field.tooLong', args: { name: 'key', max: 20 } },
    ]);
  });

  test.each([NaN, Number.POSITIVE_INFINITY, '5', null, [], {}, 1e300])('%s is no whole number in range', (value) => {
    expect(checkConfig(FIELDS, { everyMillis: value })).toHaveLength(1);
  });

  test.each(['colour', 'constructor', '__proto__', 'toString'])('a field %s that no table has is unknown', (name) => {
    expect(keysOf(JSON.parse(`{"${name}": 1}`))).toEqual([[name, 'field.unknown']]);
  });

  test.each([
    ['too many entries', { a: 1, b: 2, c: 3, d: 4 }, 'field.tooMany'],
    ['a name that is none', JSON.parse('{"__proto__": 1}'), 'field.tableName'],
    ['an empty name', { '': 1 }, 'field.tableName'],
    ['a fraction', { a: 1.5 }, 'field.tableValue'],
    ['nothing', { a: null }, 'field.tableValue'],
    ['a table in a table', { a: {} }, 'field.tableValue'],
    ['a list', [], 'field.table'],
  ])('a table with %s is refused', (_, headers, key) => {
    expect(keysOf({ templates: [{ headers }] })).toEqual([['templates.0.headers', key]]);
  });

  test('a list that is too long is refused without looking into it', () => {
    expect(keysOf({ templates: new Array(1_000_000).fill(7) })).toEqual([['templates', 'field.tooMany']]);
  });

  test('a header may be called constructor', () => {
    expect(keysOf({ templates: [{ headers: { constructor: 'x' } }] })).toEqual([]);
  });
});

describe('settings', () => {
  test('have the teaching times by default', () => {
    expect(DEFAULT_SETTINGS).toEqual({ latency: 400_000, hop: 300_000, until: 30_000_000, detect: 60_000_000, colourBy: 'key' });
  });

  test('are shown in milliseconds and kept in microseconds', () => {
    expect(settingsForm({ ...DEFAULT_SETTINGS, hop: settingsFrom({ hop: 20 }).hop })).toMatchObject({ hop: 20, latency: 400 });
  });
});
