import { describe, expect, test } from 'vitest';
import type { Lane, LaneCell, LaneChunk } from '../../engine/index.ts';
import { cellAt, cellsBetween, keptIn } from '../../engine/index.ts';
import { endView, firstCell, LANES, lanesHeight, type Rect, scrolledCells, scrolledRows } from '../../scenario/index.ts';
import { cellX, rowAt, rowsOf } from './rows.ts';

const rect: Rect = { x: 100, y: 50, width: LANES.label + LANES.tail + 8 * LANES.pitch, height: lanesHeight(2) };
const cell = (at: number): LaneCell => ({ at, message: at + 1, key: '', producer: 'p', redelivered: false });

/** Numbers of a lane in chunks of ten; some are gone. */
function lane(key: string, start: number, end: number, gone: readonly number[] = []): Lane {
  const chunks: LaneChunk[] = [];
  for (let first = start; first < end; first += 10) {
    const numbers = Array.from({ length: Math.min(10, end - first) }, (_, i) => first + i);
    const cells = numbers.filter((at) => !gone.includes(at)).map(cell);
    chunks.push({ first: cells[0]?.at ?? first, cells });
  }
  return { key, role: 'leader', isLeader: true, start, end, chunks, kept: end - start - gone.length, marks: [] };
}
const numbers = (cells: Iterable<LaneCell>) => [...cells].map(({ at }) => at);

describe('cells of a lane', () => {
  test('are found by number across chunks, holes left out', () => {
    const long = lane('0', 5, 100_000, [14, 15, 16, 25]);
    expect(numbers(cellsBetween(long, 12, 19))).toEqual([12, 13, 17, 18]);
    expect(numbers(cellsBetween(long, 99_998, 200_000))).toEqual([99_998, 99_999]);
    expect(numbers(cellsBetween(long, 0, 7))).toEqual([5, 6]);
    expect(cellAt(long, 25)).toBeUndefined();
    expect(cellAt(long, 50_000)?.message).toBe(50_001);
    expect(numbers(cellsBetween(lane('0', 0, 0), 0, 9))).toEqual([]);
  });
});

describe('what a lane keeps', () => {
  test('are its cells, not its numbers: what compaction has taken out is not counted', () => {
    expect(keptIn(lane('0', 0, 13))).toBe(13);
    expect(keptIn(lane('0', 0, 13, [0, 2, 4, 5, 11]))).toBe(8);
    expect(keptIn(lane('0', 13, 13))).toBe(0);
  });

  test('what lies before the start in the first chunk is gone', () => {
    expect(keptIn({ ...lane('0', 0, 25, [3, 8]), start: 4 })).toBe(20);
  });
});

describe('a lane that nobody has scrolled', () => {
  test('shows its end, with room for the next one', () => {
    expect(firstCell(rect, lane('0', 0, 5), undefined)).toBe(0);
    expect(firstCell(rect, lane('0', 0, 100), undefined)).toBe(93);
  });

  test('keeps its cells where they are while old ones go', () => {
    expect(firstCell(rect, lane('0', 3, 5), undefined)).toBe(0);
  });
});

describe('scrolling', () => {
  const lanes = [lane('0', 0, 100), lane('1', 0, 20), lane('2', 0, 4)];

  test('goes along one lane or all, never beyond an end', () => {
    const one = scrolledCells(rect, lanes, undefined, -10, '0');
    expect(lanes.map((each) => firstCell(rect, each, one))).toEqual([83, 13, 0]);
    const all = scrolledCells(rect, lanes, one, -30);
    expect(lanes.map((each) => firstCell(rect, each, all))).toEqual([53, 0, 0]);
  });

  test('at the end the lane is followed again', () => {
    const back = scrolledCells(rect, lanes, undefined, -10, '0');
    const end = scrolledCells(rect, lanes, back, 10, '0');
    expect(end.at).toEqual({});
    expect(firstCell(rect, lane('0', 0, 200), end)).toBe(endView(rect, lane('0', 0, 200)));
    // What has been scrolled to stays while the lane grows.
    expect(firstCell(rect, lane('0', 0, 200), back)).toBe(83);
  });

  test('goes from lane to lane where there are more than fit', () => {
    const down = scrolledRows(rect, lanes.length, undefined, 5);
    expect(rowsOf(rect, lanes, down).map((row) => row.lane.key)).toEqual(['1', '2']);
    expect(rowsOf(rect, lanes, undefined).map((row) => row.lane.key)).toEqual(['0', '1']);
  });
});

test('a point leads to its lane and number, and back', () => {
  const rows = rowsOf(rect, [lane('0', 0, 100), lane('1', 0, 20)], undefined);
  const second = rows[1];
  if (!second) throw new Error('There are two rows');
  const found = rowAt(rows, cellX(second, 15) + 3, second.top + 4);
  expect([found?.row.lane.key, found?.at]).toEqual(['1', 15]);
  expect(rowAt(rows, rect.x + 3, second.top)).toBeUndefined();
});
