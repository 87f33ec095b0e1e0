import { describe, expect, test } from 'vitest';
import type { FieldTable } from '../../scenario/index.ts';
import {
  commonValue,
  complaint,
  essentialFields,
  fieldKey,
  parseWhole,
  retyped,
  rowFaults,
  rowsOf,
  shifted,
  shownFields,
  tableOf,
} from './logic.ts';

const TABLE: FieldTable = [
  { name: 'mode', type: 'choice', options: ['rate', 'burst'], initial: 'rate' },
  {
    name: 'perSecond',
    type: 'integer',
    min: 1,
    max: 1_000,
    initial: 2,
    unit: 'perSecond',
    essential: true,
    when: { field: 'mode', is: ['rate'] },
  },
  { name: 'count', type: 'integer', min: 0, max: 9, initial: 0, unit: 'messages', essential: true, when: { field: 'mode', is: ['burst'] } },
  { name: 'note', type: 'text', maxLength: 5, initial: '', advanced: true, when: { field: 'count', is: [3] } },
];
const names = (fields: readonly { readonly name: string }[]) => fields.map((field) => field.name);

describe('which fields a form shows', () => {
  test('a field with a condition appears only while its condition holds, defaults counting as values', () => {
    expect(names(shownFields(TABLE, {}).main)).toEqual(['mode', 'perSecond']);
    expect(names(shownFields(TABLE, { mode: 'burst' }).main)).toEqual(['mode', 'count']);
  });

  test('a field hidden with the field that it hangs on stays hidden whatever that one holds', () => {
    expect(names(shownFields(TABLE, { mode: 'rate', count: 3 }).more)).toEqual([]);
    expect(names(shownFields(TABLE, { mode: 'burst', count: 3 }).more)).toEqual(['note']);
  });

  test('the canvas offers only essentials that make sense now', () => {
    expect(names(essentialFields(TABLE, {}))).toEqual(['perSecond']);
  });
});

describe('values', () => {
  test('several things show a common value only where they agree', () => {
    expect(commonValue([{ a: 1 }, { a: 1 }], 'a')).toEqual({ value: 1, isMixed: false });
    expect(commonValue([{ a: { x: 1 } }, { a: { x: 2 } }], 'a').isMixed).toBe(true);
  });

  test('a number may be typed with blanks, thousands and full-width digits; nothing else is a number', () => {
    expect(parseWhole(' 1,000 ')).toBe(1_000);
    expect(parseWhole('２０')).toBe(20);
    expect(parseWhole('-3')).toBe(-3);
    for (const typed of ['', '1.5', '1e3', 'ten', '0x10', '1,00', '9'.repeat(16)]) expect(parseWhole(typed)).toBeUndefined();
  });

  test('a value outside its range is refused with the range', () => {
    const field = TABLE[1]!;
    expect(complaint(field, 0)?.args).toMatchObject({ min: 1, max: 1_000 });
    expect(complaint(field, 7)).toBeUndefined();
  });
});

describe('header tables', () => {
  test('rows keep the types of their values', () => {
    const table = { format: 'pdf', pages: 3, signed: true };
    expect(tableOf(rowsOf(table))).toEqual(table);
    expect(rowsOf({ n: 3 })[0]).toEqual({ name: 'n', type: 'number', value: '3' });
  });

  test('a row without a name, with a name given twice or with no whole number spoils the table', () => {
    const row = { name: 'a', type: 'text', value: 'x' } as const;
    expect(rowFaults([row, { ...row }, { ...row, name: '' }, { name: 'b', type: 'number', value: 'x' }])).toEqual([
      undefined,
      'twice',
      'nameless',
      'notWhole',
    ]);
    expect(tableOf([row, { ...row }])).toBeUndefined();
  });

  test('changing the type keeps what it can', () => {
    expect(retyped({ name: 'a', type: 'text', value: '12' }, 'number').value).toBe('12');
    expect(retyped({ name: 'a', type: 'text', value: 'x' }, 'number').value).toBe('0');
    expect(retyped({ name: 'a', type: 'text', value: 'true' }, 'boolean').value).toBe('true');
  });
});

test('entries of a list can be put earlier and later, but not beyond its ends', () => {
  expect(shifted(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
  expect(shifted(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
});

test('texts of a field are found under its kind', () => {
  expect(fieldKey('rabbitmq/producer', ['templates', 'key'], 'help')).toBe('field.rabbitmq.producer.templates.key.help');
});
