import type { PartId } from '../base/index.ts';
import { lagOf, pointersAt } from './pointers.ts';
import type { Lane, Pointer, Program, ReadonlyWorld } from './types.ts';
import { describeNode } from './views.ts';

/** Who is how far behind at a moment. */
export interface Lags {
  /** By `<store>-<lane>`: the lane's own (`lagOf`). Lanes that nobody leads or reads are not in it. */
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
    const pointers = pointersAt(program, world, store, lane.key);
    const lag = lagOf(lane, pointers);
    if (lag === undefined || lanes.has(name)) continue;
    lanes.set(name, lag);
    for (const [reader, own] of byReader(program, pointers)) readers.set(reader, (readers.get(reader) ?? 0) + (lagOf(lane, own) ?? 0));
  }
  return { lanes, readers };
}

/** Lanes with the name of their store: pointers are drawn on those that lead. */
function* leadingLanes(program: Program, world: ReadonlyWorld): Generator<readonly [store: string, lane: Lane]> {
  for (const node of program.nodes)
    for (const [part, view] of describeNode(program, world, node)) {
      if (view.status === 'down') continue;
      for (const lane of view.lanes ?? []) if (lane.isLeader) yield [program.parts.get(part)?.name ?? '', lane];
    }
}

/** Members tell their positions, their group what is committed: both are the group's. */
function byReader(program: Program, pointers: readonly Pointer[]): ReadonlyMap<PartId, readonly Pointer[]> {
  const readers = new Map<PartId, Pointer[]>();
  for (const pointer of pointers) {
    const reader = program.parts.get(pointer.reader)?.parent ?? pointer.reader;
    const known = readers.get(reader);
    if (known) known.push(pointer);
    else readers.set(reader, [pointer]);
  }
  return readers;
}
