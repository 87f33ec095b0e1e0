import { cellAt, type Lane, type LaneCell, lagsOfReaders, pointersAt, type Timeline } from '../../engine/index.ts';
import { dynamicText, type Language, text } from '../../i18n/index.ts';
import { LANES } from '../../scenario/index.ts';
import type { Touched } from './hands.ts';
import { readerOf } from './readers.ts';
import { rowsOf } from './rows.ts';

/** Words beside the pointer: what it points at in lanes. The first is the title. */
export function hintOf(timeline: Timeline, touched: Touched, language: Language): readonly string[] | undefined {
  const { part, over, y } = touched;
  const { program } = timeline;
  if (!over) return lagHint(timeline, touched, language);
  const { lane, top } = over.row;
  const store = program.parts.get(part.id)?.name ?? '';
  const title = text(language, 'lane.title', { store, lane: lane.key });
  if (y > top + LANES.cellHeight + 3) return [title, ...readersOf(timeline, store, lane, language)];
  if (y < top - 3) return [title, dynamicText(language, `value.${lane.role}`), ...marksOf(lane, language)];
  if (over.at < 0 || over.at > lane.end) return [title, dynamicText(language, `value.${lane.role}`)];
  return [`${title} · ${text(language, 'lane.cell', { offset: over.at })}`, ...cellWords(timeline, lane, over.at, language)];
}

/** Right of the cells: how far each reader is behind. */
function lagHint({ program, world }: Timeline, { part, lanes, scroll, x, y }: Touched, language: Language): readonly string[] | undefined {
  const row = rowsOf(part.rect, lanes, scroll).find(({ top }) => y >= top - LANES.above && y < top - LANES.above + LANES.row);
  if (!row?.lane.isLeader || x <= row.right) return undefined;
  const store = program.parts.get(part.id)?.name ?? '';
  const lags = lagsOfReaders(program, row.lane, pointersAt(program, world, store, row.lane.key));
  if (lags.length === 0) return undefined;
  const said = lags.map(({ reader, lag: count }) => text(language, 'lane.lagOf', { name: readerOf(program, reader).name, count }));
  return [text(language, 'lane.title', { store, lane: row.lane.key }), ...said];
}

function marksOf({ marks }: Lane, language: Language): readonly string[] {
  return marks.map(({ key, at }) => text(language, 'lane.markAt', { mark: dynamicText(language, `mark.${key}`), at }));
}

function readersOf({ program, world }: Timeline, store: string, lane: Lane, language: Language): readonly string[] {
  return pointersAt(program, world, store, lane.key).map(({ kind, reader, at }) =>
    text(language, `lane.pointer.${kind}`, { name: readerOf(program, reader).name, at, lag: Math.max(0, lane.end - at) }),
  );
}

function cellWords(timeline: Timeline, lane: Lane, at: number, language: Language): readonly string[] {
  if (at === lane.end) return [text(language, 'lane.cell.next')];
  if (at < lane.start) return [text(language, 'lane.cell.before', { start: lane.start })];
  const cell = cellAt(lane, at);
  if (!cell) return [text(language, 'lane.cell.removed')];
  if (cell.isControl) return [text(language, 'lane.cell.control')];
  return [...keyAndValue(timeline, cell, language), ...(cell.isTombstone ? [text(language, 'lane.cell.tombstone')] : [])];
}

function keyAndValue(timeline: Timeline, { key, message }: LaneCell, language: Language): readonly string[] {
  const data = timeline.first(message)?.data;
  const value = data?.['value'] ?? data?.['body'];
  return [
    ...(key === '' ? [] : [text(language, 'lane.cell.key', { key })]),
    ...(typeof value === 'string' && value !== '' ? [text(language, 'lane.cell.value', { value })] : []),
  ];
}
