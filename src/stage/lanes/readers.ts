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
  /** Index in the palette: a group's own, and its members have the same. */
  readonly colour: number;
  /** The group that it is a member of. */
  readonly group: PartId | undefined;
}

const known = new WeakMap<Program, Map<PartId, Reader>>();

/** Name and colour of who reads. Colours go by the document, so that they never change hands. */
export function readerOf(program: Program, id: PartId): Reader {
  let readers = known.get(program);
  if (!readers) {
    readers = readersOf(program);
    known.set(program, readers);
  }
  return readers.get(id) ?? { name: id, colour: 0, group: undefined };
}

/** Groups come first: a drawing has more parts than there are colours, and its groups are what has to be told apart. */
function readersOf({ parts, catalogue }: Program): Map<PartId, Reader> {
  const readers = new Map<PartId, Reader>();
  const roleOf = (id: PartId | undefined) => catalogue.parts.get(parts.get(id ?? '')?.kind ?? '')?.role;
  const put = (id: PartId, name: string) => {
    // Every other colour: next to one another, neighbours are told apart best.
    readers.set(id, { name, colour: (2 + 2 * readers.size) % MESSAGE_COLOURS, group: undefined });
  };
  for (const { id, name } of parts.values()) if (roleOf(id) === 'container') put(id, name);
  for (const { id, name, kind, parent } of parts.values()) {
    if (roleOf(id) !== 'node' || catalogue.parts.get(kind)?.shape === 'region' || roleOf(parent) === 'container') continue;
    put(id, name);
  }
  for (const { id, name, parent } of parts.values()) {
    const group = parent === undefined ? undefined : readers.get(parent);
    if (group && roleOf(parent) === 'container') readers.set(id, { name, colour: group.colour, group: parent });
  }
  return readers;
}
