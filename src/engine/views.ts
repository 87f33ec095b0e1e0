import type { LineId, PartId } from '../base/index.ts';
import { drawingOf } from './drawing.ts';
import type { Description, NodeId, PartView, Program, ReadonlyWorld } from './types.ts';

const ABSENT: PartView = { status: 'absent', figures: [], details: [] };
const NOTHING: Description = new Map();

interface Described {
  steps: number;
  readonly nodes: Map<NodeId, Description>;
}
/** Descriptions of the last step looked at: a canvas asks for every queue of a broker in turn. */
const described = new WeakMap<ReadonlyWorld, Described>();

/** What a node and its places look like now; empty when it is not there. A node that is down shows what it has left. */
export function describeNode(program: Program, world: ReadonlyWorld, node: NodeId): Description {
  let cache = described.get(world);
  if (cache === undefined || cache.steps !== world.steps) {
    cache = { steps: world.steps, nodes: new Map() };
    described.set(world, cache);
  }
  let description = cache.nodes.get(node);
  if (description === undefined) {
    description = describe(program, world, node);
    cache.nodes.set(node, description);
  }
  return description;
}

/** What a part looks like now; `absent` before it joins and after it left; undefined when the program has no such part. */
export function viewOf(program: Program, world: ReadonlyWorld, part: PartId): PartView | undefined {
  const node = program.nodeOf.get(part);
  if (node === undefined) return undefined;
  if (!program.kernels.has(node)) return isPresent(world, part) ? containerView(program, world, part) : ABSENT;
  return describeNode(program, world, node).get(part) ?? ABSENT;
}

const UNATTENDED: PartView = { status: 'up', figures: [], details: [] };

/** Of a container tells the node that looks after it; of several (one of them crashed meanwhile) the one that is up. */
function containerView(program: Program, world: ReadonlyWorld, part: PartId): PartView {
  let found: PartView | undefined;
  for (const node of program.nodes) {
    const view = describeNode(program, world, node).get(part);
    if (view !== undefined && (found === undefined || found.status === 'down')) found = view;
  }
  return found ?? UNATTENDED;
}

/** True for a part or line, implied ones included, that is there at this moment. */
export function isPresent(world: ReadonlyWorld, id: PartId | LineId): boolean {
  return world.present.has(id);
}

/** A sentence about the first broken state, or undefined: every kernel's own invariants. */
export function brokenInvariant(program: Program, world: ReadonlyWorld): string | undefined {
  for (const [node, state] of world.nodes) {
    const broken = program.kernels.get(node)?.invariants(state);
    if (broken !== undefined) return `${node}: ${broken}`;
  }
  return undefined;
}

function describe(program: Program, world: ReadonlyWorld, node: NodeId): Description {
  const state = world.nodes.get(node);
  const kernel = program.kernels.get(node);
  if (state === undefined || kernel === undefined) return NOTHING;
  const description = kernel.describe(state, drawingOf(program, world.interventions).wiring(node));
  if (!world.down.has(node)) return description;
  return new Map([...description].map(([id, view]) => [id, { ...view, status: 'down' as const }]));
}
