import type { LineId, PartId } from '../base/index.ts';
import { type Description, describeNode, linkKey, type NodeId, type PartView, type Timeline } from '../engine/index.ts';
import type { Part } from '../scenario/index.ts';

interface Cached {
  steps: number;
  readonly nodes: Map<NodeId, Description>;
}

/** A world is known by its timeline and how many steps it has taken, so what was described once holds until the next step. */
const cache = new WeakMap<Timeline, Cached>();
const partsOf = new WeakMap<object, ReadonlyMap<PartId, Part>>();

/** The parts of a timeline's program by id. */
export function partsById({ program }: Timeline): ReadonlyMap<PartId, Part> {
  let found = partsOf.get(program);
  if (!found) {
    found = new Map(program.run.scenario.parts.map((part) => [part.id, part]));
    partsOf.set(program, found);
  }
  return found;
}

/** What is to be seen of a part at the playhead; undefined for parts that are not there. */
export function describePart(timeline: Timeline, id: PartId): PartView | undefined {
  const part = partsById(timeline).get(id);
  if (!part) return undefined;
  let cached = cache.get(timeline);
  if (!cached || cached.steps !== timeline.world.steps) {
    cached = { steps: timeline.world.steps, nodes: new Map() };
    cache.set(timeline, cached);
  }
  const node = part.parent ?? part.id;
  if (!timeline.world.present.has(node)) return undefined;
  let description = cached.nodes.get(node);
  if (!description) {
    description = describeNode(timeline.program, timeline.world, node);
    cached.nodes.set(node, description);
  }
  return description.get(id);
}

export function isLineCut(timeline: Timeline, id: LineId): boolean {
  const { cut } = timeline.world;
  if (cut.size === 0) return false;
  const line = timeline.program.lines.find((it) => it.id === id);
  if (!line) return false;
  const parts = partsById(timeline);
  const nodeOf = (part: PartId) => parts.get(part)?.parent ?? part;
  return cut.has(linkKey(nodeOf(line.from), nodeOf(line.to)));
}
