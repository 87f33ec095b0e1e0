import { describe, expect, test } from 'vitest';
import type { Table } from '../amqp/index.ts';
import { headersMatch, headersMismatch, headersPattern } from './headers.ts';

const matches = (binding: Table, headers: Table) => headersMatch(headersPattern(binding), headers);

describe('headers bindings', () => {
  test.each<[string, Table, Table, boolean]>([
    ['all: every header must be there with its value', { a: '1', b: '2' }, { a: '1', b: '2', c: '3' }, true],
    ['all is what an absent x-match means', { a: '1', b: '2' }, { a: '1' }, false],
    ['any: one is enough', { 'x-match': 'any', a: '1', b: '2' }, { b: '2' }, true],
    ['any: none', { 'x-match': 'any', a: '1', b: '2' }, { a: 'x' }, false],
    ['names count their case', { a: '1' }, { A: '1' }, false],
    ['x- headers are left out by all', { 'x-match': 'all', 'x-k': 'v' }, {}, true],
    ['x- headers are left out by any', { 'x-match': 'any', 'x-k': 'v' }, { 'x-k': 'v' }, false],
    ['all-with-x looks at them', { 'x-match': 'all-with-x', a: '1', 'x-k': 'v' }, { a: '1', 'x-k': 'w' }, false],
    ['any-with-x looks at them', { 'x-match': 'any-with-x', a: '1', 'x-k': 'v' }, { 'x-k': 'v' }, true],
    ['no conditions: all matches', {}, { a: '1' }, true],
    ['no conditions: any does not', { 'x-match': 'any' }, { a: '1' }, false],
    ['a void value asks only for presence', { a: null }, { a: 0 }, true],
    ['a void value asks for presence', { a: null }, {}, false],
    ['a number is not its text', { a: 1 }, { a: '1' }, false],
    ['widths of whole numbers do not matter', { a: 1 }, { a: { '!': 'int64', value: 1 } }, true],
    ['true is not the text true', { a: true }, { a: 'true' }, false],
    ['lists compare by their items', { a: [1, 'x'] }, { a: [1, 'x'] }, true],
    ['lists compare in order', { a: [1, 'x'] }, { a: ['x', 1] }, false],
    ['widths matter inside lists', { a: [1] }, { a: [{ '!': 'int64', value: 1 }] }, false],
    ['tables compare by their fields', { a: { k: 'x' } }, { a: { k: 'x' } }, true],
  ])('%s', (_, binding, headers, expected) => {
    expect(matches(binding, headers)).toBe(expected);
  });

  test('a mismatch says which header, what came and what was wanted', () => {
    const why = (binding: Table, headers: Table) => headersMismatch(headersPattern(binding), headers);
    expect(why({ a: '1', b: '2' }, { a: '1' })).toEqual({ why: 'header-missing', header: 'b' });
    expect(why({ a: '1' }, { a: 5 })).toEqual({ why: 'header-differs', header: 'a', got: '5', wanted: '1' });
    expect(why({ 'x-match': 'any', a: '1', b: '2' }, {})).toEqual({ why: 'header-none', count: 2 });
  });
});
