import { cellAt, type Lane, type LaneCell, pointersAt, type Timeline } from '../../engine/index.ts';
import { dynamicText, type Language, text } from '../../i18n/index.ts';
import { LANES } from '../../scenario/index.ts';
import type { Touched } from './hands.ts';
import { readerOf } from './readers.ts';

/** Words beside the pointer: what it points at in lanes. The first is the title. */
export function hintOf(timeline: Timeline, { part, over, y }: Touched, language: Language): readonly string[] | undefined {
  if (!over) return undefined;
  const { program } = timeline;
  const { lane, top } = over.row;
  const store = program.parts.get(part.id)?.name ?? '';
  const title = text(language, 'lane.title', { store, lane: lane.key });
  if (y > top + LANES.cellHeight + 3) return [title, ...readersOf(timeline, store, lane, language)];
  if (y < top - 3) return [title, dynamicText(language, `value.${lane.role}`), ...marksOf(lane, language)];
  if (over.at < 0 || over.at > lane.end) return [title, dynamicText(language, `value.${lane.role}`)];
  return [`${title} · ${text(language, 'lane.cell', { offset: over.at })}`, ...cellWords(timeline, lane, over.at, language)];
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
