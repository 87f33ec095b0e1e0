import type { PartId } from '../base/index.ts';
import type { Lane, LaneCell, Pointer, Program, ReadonlyWorld } from './types.ts';
import { describeNode } from './views.ts';

type Pointers = ReadonlyMap<string, readonly Pointer[]>;
/** Of the last step looked at: a canvas asks for every lane in turn. */
const gathered = new WeakMap<ReadonlyWorld, { readonly steps: number; readonly pointers: Pointers }>();
const NONE: readonly Pointer[] = [];

/**
 * Who reads a lane and where they stand. Those tell who know: clients their positions, a coordinator what is committed.
 * What two nodes tell of one reader is told once, by the one that is up.
 */
export function pointersAt(program: Program, world: ReadonlyWorld, store: string, lane: string): readonly Pointer[] {
  let found = gathered.get(world);
  if (found?.steps !== world.steps) {
    found = { steps: world.steps, pointers: gather(program, world) };
    gathered.set(world, found);
  }
  return found.pointers.get(`${store}\n${lane}`) ?? NONE;
}

function gather(program: Program, world: ReadonlyWorld): Pointers {
  const all = new Map<string, Pointer[]>();
  const known = new Set<string>();
  for (const node of program.nodes)
    for (const view of describeNode(program, world, node).values()) {
      if (view.status === 'down' || !view.pointers) continue;
      for (const pointer of view.pointers) {
        const lane = `${pointer.store}\n${pointer.lane}`;
        const key = `${lane}\n${pointer.kind}\n${pointer.reader}`;
        if (known.has(key)) continue;
        known.add(key);
        const list = all.get(lane);
        if (list) list.push(pointer);
        else all.set(lane, [pointer]);
      }
    }
  return all;
}

/** How far one reader is behind the end of a lane; a group stands for its members. */
export interface ReaderLag {
  readonly reader: PartId;
  readonly lag: number;
}

/**
 * How far each reader of a lane is behind, the furthest behind first: a group behind what it has committed, as Kafka's tools count,
 * and not known to be behind before that; who reads alone behind its position.
 */
export function lagsOfReaders(program: Program, { end }: Pick<Lane, 'end'>, pointers: readonly Pointer[]): readonly ReaderLag[] {
  const readers = new Map<PartId, Pointer[]>();
  for (const pointer of pointers) {
    // Members tell their positions, their group what is committed: both are the group's.
    const reader = program.parts.get(pointer.reader)?.parent ?? pointer.reader;
    const known = readers.get(reader);
    if (known) known.push(pointer);
    else readers.set(reader, [pointer]);
  }
  return [...readers]
    .flatMap(([reader, own]) => {
      const counted = own.filter((pointer) => pointer.kind === 'committed' || pointer.reader === reader);
      return counted.length === 0 ? [] : [{ reader, lag: Math.max(...counted.map(({ at }) => Math.max(0, end - at))) }];
    })
    .sort((a, b) => b.lag - a.lag);
}

/** Cells with numbers in [from, to), by binary search in the chunks and in the first of them. */
export function* cellsBetween({ chunks }: Lane, from: number, to: number): Generator<LaneCell> {
  for (let i = Math.max(0, after(chunks, (chunk) => chunk.first <= from) - 1); i < chunks.length; i++) {
    const chunk = chunks[i];
    if (!chunk || chunk.first >= to) return;
    for (let j = after(chunk.cells, (cell) => cell.at < from); j < chunk.cells.length; j++) {
      const cell = chunk.cells[j] as LaneCell;
      if (cell.at >= to) return;
      yield cell;
    }
  }
}

/** How many cells of a lane there are: less than its numbers when some have been taken out between others. */
export function keptIn({ start, chunks }: Pick<Lane, 'start' | 'chunks'>): number {
  let kept = 0;
  // The first chunk may reach back to before the start; what lies there is gone for readers.
  for (const { first, cells } of chunks) kept += cells.length - (first < start ? after(cells, (cell) => cell.at < start) : 0);
  return kept;
}

/** The cell of a number, if it is there. */
export function cellAt(lane: Lane, at: number): LaneCell | undefined {
  for (const cell of cellsBetween(lane, at, at + 1)) return cell;
  return undefined;
}

/** How many entries at the beginning of a sorted list are so. */
function after<T>(list: readonly T[], isBefore: (entry: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(list[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
