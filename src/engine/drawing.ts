import { assert, broken, type LineId, type PartId } from '../base/index.ts';
import { applyChanges, type Config, withDefaults } from '../scenario/index.ts';
import type { Intervention, Kernel, Line, NodeId, Part, Program, Wiring } from './types.ts';

/**
 * What is drawn between two interventions: who is there, with which configuration. It follows from the program and the
 * number of interventions applied alone, so it is worked out once and shared by every world of the program.
 */
export class Drawing {
  /** Effectively there: a place only with its node, a line only with both its ends. */
  readonly present: ReadonlySet<PartId | LineId>;
  readonly parts: ReadonlyMap<PartId, Part>;
  readonly lines: ReadonlyMap<LineId, Line>;
  private readonly configs = new Map<PartId | LineId, Config>();
  private readonly wirings = new Map<NodeId, NodeWiring>();

  constructor(
    readonly program: Program,
    /** Joined or left by itself, whatever else is there. */
    readonly away: ReadonlySet<string>,
    readonly reconfigured: ReadonlyMap<string, Config>,
  ) {
    const { scenario } = program.run;
    const here = (id: string) => !away.has(id);
    const parts = scenario.parts.filter((part) => here(part.id) && (part.parent === undefined || here(part.parent)));
    this.parts = new Map(parts.map((part) => [part.id, this.patched(part)]));
    const drawn = scenario.lines.filter((line) => here(line.id) && this.parts.has(line.from) && this.parts.has(line.to));
    const lines = drawn.map((line) => this.patched(line));
    const implied = program.catalogue.implied({ ...scenario, parts: [...this.parts.values()], lines });
    this.lines = new Map([...lines, ...implied].map((line) => [line.id, line]));
    this.present = new Set([...this.parts.keys(), ...this.lines.keys()]);
  }

  /** Configuration with defaults filled in. */
  config(id: PartId | LineId): Config {
    let config = this.configs.get(id);
    if (config === undefined) {
      config = this.filled(id);
      this.configs.set(id, config);
    }
    return config;
  }

  wiring(node: NodeId): NodeWiring {
    let wiring = this.wirings.get(node);
    if (wiring === undefined) {
      wiring = new NodeWiring(this, node);
      this.wirings.set(node, wiring);
    }
    return wiring;
  }

  /** Other nodes that lines connect with this one, in the order of the lines. */
  peers(node: NodeId): readonly NodeId[] {
    const peers = new Set<NodeId>();
    for (const line of this.wiring(node).lines) {
      peers.add(this.program.nodeOf.get(line.from) as NodeId);
      peers.add(this.program.nodeOf.get(line.to) as NodeId);
    }
    peers.delete(node);
    return [...peers];
  }

  /** Nodes inside a container, in document order. */
  nodesIn(container: PartId): readonly Part[] {
    return [...this.parts.values()].filter((part) => part.parent === container && this.program.kernels.has(part.id));
  }

  private filled(id: string): Config {
    const { catalogue } = this.program;
    // What has left is still asked about while frames about it are on their way.
    const part = this.parts.get(id) ?? this.program.parts.get(id);
    if (part) return withDefaults(catalogue.parts.get(part.kind)?.fields ?? [], part.config);
    const line = this.lines.get(id) ?? this.program.lines.find((l) => l.id === id);
    return line ? withDefaults(catalogue.lines.get(line.kind)?.fields ?? [], line.config) : {};
  }

  private patched<T extends Part | Line>(thing: T): T {
    const changes = this.reconfigured.get(thing.id);
    return changes ? { ...thing, config: applyChanges(thing.config, changes) } : thing;
  }
}

/** A node's view of the drawing, and the kernel that looks at it: found together, as they are used together. */
export class NodeWiring implements Wiring {
  readonly kernel: Kernel;
  readonly self: Part;
  readonly places: readonly Part[];
  readonly lines: readonly Line[];
  private readonly outgoing = new Map<string, readonly Line[]>();

  constructor(
    private readonly drawing: Drawing,
    node: NodeId,
  ) {
    const { program } = drawing;
    const self = drawing.parts.get(node) ?? program.parts.get(node);
    assert(self, `No node ${node} in this program`);
    this.self = self;
    this.kernel = program.kernels.get(node) as Kernel;
    this.places = [...drawing.parts.values()].filter((part) => part.parent === node);
    this.lines = [...drawing.lines.values()].filter(
      (line) => program.nodeOf.get(line.from) === node || program.nodeOf.get(line.to) === node,
    );
  }

  part(id: PartId): Part | undefined {
    return this.drawing.parts.get(id);
  }

  line(id: LineId): Line | undefined {
    return this.drawing.lines.get(id);
  }

  linesOut(kind: string): readonly Line[] {
    let lines = this.outgoing.get(kind);
    if (lines === undefined) {
      lines = this.lines.filter((line) => line.kind === kind && line.from === this.self.id);
      this.outgoing.set(kind, lines);
    }
    return lines;
  }

  linesTo(id: PartId): readonly Line[] {
    return [...this.drawing.lines.values()].filter((line) => line.to === id);
  }

  nodesIn(id: PartId): readonly Part[] {
    return this.drawing.nodesIn(id);
  }

  partsOf(kind: string): readonly Part[] {
    return [...this.drawing.parts.values()].filter((part) => part.kind === kind);
  }

  nodeOf(id: PartId): NodeId {
    const node = this.drawing.program.nodeOf.get(id);
    return node ?? broken(`No part ${id} in this program`);
  }
}

const drawings = new WeakMap<Program, Drawing[]>();

/** The drawing after so many interventions. */
export function drawingOf(program: Program, interventions: number): Drawing {
  let list = drawings.get(program);
  if (list === undefined) {
    list = [new Drawing(program, awayAtStart(program.interventions), new Map())];
    drawings.set(program, list);
  }
  while (list.length <= interventions) {
    const last = list[list.length - 1] as Drawing;
    list.push(next(last, program.interventions[list.length - 1] as Intervention));
  }
  return list[interventions] as Drawing;
}

/** The present drawing as one node sees it. */
export function wiringOf(program: Program, world: { readonly interventions: number }, node: NodeId): Wiring {
  return drawingOf(program, world.interventions).wiring(node);
}

/** What joins before it ever leaves has not been there from the start. */
function awayAtStart(interventions: readonly Intervention[]): ReadonlySet<string> {
  const first = new Map<string, string>();
  for (const { verb, target } of interventions) if ((verb === 'join' || verb === 'leave') && !first.has(target)) first.set(target, verb);
  return new Set([...first].filter(([, verb]) => verb === 'join').map(([id]) => id));
}

function next(drawing: Drawing, { verb, target, args }: Intervention): Drawing {
  const { program, away, reconfigured } = drawing;
  switch (verb) {
    case 'join': {
      if (!away.has(target)) return drawing;
      return new Drawing(program, new Set([...away].filter((id) => id !== target)), reconfigured);
    }
    case 'leave':
      return away.has(target) ? drawing : new Drawing(program, new Set([...away, target]), reconfigured);
    case 'reconfigure': {
      const changes = { ...reconfigured.get(target), ...args };
      return new Drawing(program, away, new Map([...reconfigured, [target, changes]]));
    }
    default:
      return drawing;
  }
}
