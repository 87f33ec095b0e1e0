import type { PartId } from '../base/index.ts';
import { lagsOfReaders, pointersAt } from './pointers.ts';
import type { Lane, Program, ReadonlyWorld } from './types.ts';
import { describeNode } from './views.ts';

/** Who is how far behind at a moment. */
export interface Lags {
  /** By `<store>-<lane>`: that of the reader that is furthest behind. Lanes that nobody leads or reads are not in it. */
  readonly lanes: ReadonlyMap<string, number>;
  /** By reader, a group standing for its members: the sum over all lanes that it reads. */
  readonly readers: ReadonlyMap<PartId, number>;
}

/** What lanes and readers show, gathered for all of them. */
export function lagsAt(program: Program, world: ReadonlyWorld): Lags {
  const lanes = new Map<string, number>();
  const readers = new Map<PartId, number>();
  for (const [store, lane] of leadingLanes(program, world)) {
    const name = `${store}-${lane.key}`;
    const own = lagsOfReaders(program, lane, pointersAt(program, world, store, lane.key));
    const [first] = own;
    if (!first || lanes.has(name)) continue;
    lanes.set(name, first.lag);
    for (const { reader, lag } of own) readers.set(reader, (readers.get(reader) ?? 0) + lag);
  }
  return { lanes, readers };
}

/** Where the lanes of a store end, by key, in the part that leads each: what readers are behind of, whichever copy one looks at. */
export function endsOf(program: Program, world: ReadonlyWorld, store: string): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const [name, { key, end }] of leadingLanes(program, world)) if (name === store && !ends.has(key)) ends.set(key, end);
  return ends;
}

/** Lanes with the name of their store: pointers are drawn on those that lead. */
function* leadingLanes(program: Program, world: ReadonlyWorld): Generator<readonly [store: string, lane: Lane]> {
  for (const node of program.nodes)
    for (const [part, view] of describeNode(program, world, node)) {
      if (view.status === 'down') continue;
      for (const lane of view.lanes ?? []) if (lane.isLeader) yield [program.parts.get(part)?.name ?? '', lane];
    }
}
