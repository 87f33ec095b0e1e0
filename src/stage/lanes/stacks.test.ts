import { describe, expect, test } from 'vitest';
import type { Lane, Pointer } from '../../engine/index.ts';
import { LANES } from '../../scenario/index.ts';
import type { Reader } from './readers.ts';
import type { Row } from './rows.ts';
import { fittingName, namesOf, type ReaderLook, stackEnd, stacksOf } from './stacks.ts';

const lane: Lane = { key: '0', role: 'leader', isLeader: true, start: 0, end: 12, chunks: [], kept: 0, marks: [] };
const row: Row = { lane, left: 100, right: 100 + 12 * LANES.pitch, top: 50, first: 0 };

const committed = (reader: string, at: number): Pointer => ({ store: 'orders', lane: '0', at, kind: 'committed', reader });
const position = (reader: string, at: number): Pointer => ({ ...committed(reader, at), kind: 'position' });
/** Readers are called as they are; `billing-1` is a member of `billing`. */
const reader = (id: string): Reader => ({ name: id, colour: 0, group: id.includes('-') ? id.split('-')[0] : undefined });
const look = (...chosen: readonly string[]): ReaderLook => ({ reader, isChosen: (id) => chosen.includes(id) });
const widthOf = (text: string) => text.length * 5.5;
const said = (pointers: readonly Pointer[], as = look()) => namesOf(row, stacksOf(row, pointers, as), as, widthOf);
const words = (pointers: readonly Pointer[], as = look()) => said(pointers, as).map(({ text }) => text);

/** Eight groups as a gallery has them, each with a member that is two ahead of what is committed. */
const GROUPS = ['billing', 'audit', 'mail', 'stock', 'search', 'fraud', 'reports', 'archive'];
const spread = (count: number, at: (i: number) => number) =>
  GROUPS.slice(0, count).flatMap((name, i) => [committed(name, at(i)), position(`${name}-1`, at(i) + 2)]);

describe('readers of a lane', () => {
  test('that stand at one place are one stack, named after the first with how many more there are', () => {
    expect(words([committed('billing', 5), committed('audit', 5), committed('mail', 5)])).toEqual(['billing +2']);
    expect(words([committed('billing', 5), committed('audit', 9)])).toEqual(['billing', 'audit']);
  });

  test('a member that stands where its group has committed is not told again, one that is ahead is', () => {
    expect(words([committed('billing', 5), position('billing-1', 5)])).toEqual(['billing']);
    expect(words([committed('billing', 5), position('billing-1', 8)])).toEqual(['billing', 'billing-1']);
    // Nobody has committed: the member's place is all that is known.
    expect(words([position('billing-1', 5)])).toEqual(['billing-1']);
  });

  test('the one that a person has chosen comes first and gives its stack the name', () => {
    const pointers = [committed('billing', 5), committed('audit', 5), committed('mail', 9)];
    expect(words(pointers, look('audit'))).toEqual(['audit +1', 'mail']);
    expect(words(pointers, look('mail'))).toEqual(['mail', 'billing +1']);
  });

  test('the chosen one is named even where there is no room to count the others', () => {
    const crowd = [committed('stock', 5), committed('audit', 5), committed('mail', 7), committed('x', 3)];
    expect(words(crowd)).toContain('×2');
    expect(words(crowd, look('stock'))[0]).toBe('stock');
  });

  test('beyond an edge they gather there', () => {
    const narrow: Row = { ...row, first: 6, right: row.left + 4 * LANES.pitch };
    const stacks = stacksOf(narrow, [committed('billing', 1), committed('audit', 3), committed('mail', 11)], look());
    expect(stacks.map(({ x, beyond, pointers }) => [x, beyond, pointers.length])).toEqual([
      [narrow.left, -1, 2],
      [narrow.right, 1, 1],
    ]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('of %i groups no name lies on another or on a triangle, wherever they stand', (count) => {
    for (const at of [(i: number) => i, () => 4, (i: number) => 9 - i, (i: number) => Math.floor(i / 3) * 4, (i: number) => 2 + (i % 2)]) {
      const pointers = spread(count, at);
      const stacks = stacksOf(row, pointers, look());
      const names = said(pointers).map(({ text, x, stack }) => ({ from: x, to: x + widthOf(text), stack }));
      expect(names.length).toBeGreaterThan(0);
      for (const one of names) {
        for (const other of names) if (other !== one) expect(one.to <= other.from || other.to <= one.from).toBe(true);
        for (const { x } of stacks) expect(x + 5 <= one.from || one.to <= x - 5).toBe(true);
      }
      // Everyone is in some stack, but for members that stand where their group does.
      expect(stacks.flatMap((stack) => stack.pointers)).toHaveLength(pointers.length);
    }
  });

  test('where the whole name has no room its beginning is told, or at least how many there are', () => {
    const crowd = [committed('reports', 5), committed('audit', 5), committed('x', 6), committed('y', 3)];
    expect(words(crowd)).toContain('×2');
    expect(words([committed('reports', 5), committed('x', 7), committed('y', 3)])).toContain('repo…');
  });
});

test('names keep off what else stands in their row', () => {
  const stacks = stacksOf(row, [committed('billing', 5)], look());
  const [free] = namesOf(row, stacks, look(), widthOf);
  const [pushed] = namesOf(row, stacks, look(), widthOf, [[(free?.x ?? 0) + 2, Number.POSITIVE_INFINITY]]);
  expect(free?.x).toBeGreaterThan(stacks[0]?.x ?? 0);
  expect((pushed?.x ?? 0) + widthOf('billing')).toBeLessThan(stacks[0]?.x ?? 0);
});

test('who lags is named whole where there is room beside the last triangle, else by the beginning', () => {
  const end = stackEnd(stacksOf(row, [committed('billing', 5), committed('audit', 9)], look()));
  expect(end).toBeGreaterThan(row.left + 9 * LANES.pitch);
  expect(fittingName('before-work', 70, widthOf)).toBe('before-work');
  expect(fittingName('before-work', 40, widthOf)).toBe('before…');
  expect(fittingName('before-work', 5, widthOf)).toBe('');
});
