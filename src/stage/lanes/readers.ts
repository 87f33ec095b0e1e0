import type { PartId } from '../../base/index.ts';
import type { Program } from '../../engine/index.ts';
import { dynamicText, type Language, text } from '../../i18n/index.ts';
import { MESSAGE_COLOURS } from '../colours.ts';

/** Words that lanes are painted with, as functions that stay the same: a picture with others is another picture. */
export interface LaneWords {
  mark(key: string): string;
  lag(count: number): string;
}

export function laneWords(language: Language): LaneWords {
  return { mark: (key) => dynamicText(language, `mark.${key}`), lag: (count) => text(language, 'lane.lag', { count }) };
}

export interface Reader {
  readonly name: string;
  /** Index in the palette. */
  readonly colour: number;
}

const known = new WeakMap<Program, Map<PartId, Reader>>();

/** Name and colour of who reads. Colours go by the document, so that they never change hands. */
export function readerOf(program: Program, id: PartId): Reader {
  let readers = known.get(program);
  if (!readers) {
    readers = new Map();
    for (const part of program.parts.values()) {
      const kind = program.catalogue.parts.get(part.kind);
      const isReader = kind?.role === 'container' || (kind?.role === 'node' && kind.shape !== 'region');
      // Every other colour: next to one another, neighbours are told apart best.
      if (isReader) readers.set(part.id, { name: part.name, colour: (2 + 2 * readers.size) % MESSAGE_COLOURS });
    }
    known.set(program, readers);
  }
  return readers.get(id) ?? { name: id, colour: 0 };
}
