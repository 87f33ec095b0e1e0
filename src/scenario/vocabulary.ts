import type { PartId } from '../base/index.ts';
import type { FieldTable } from './fields.ts';
import type { Config, Line, Part, Problem, Scenario } from './types.ts';

/** How a part is drawn; sizes in `scenario/geometry.ts`. */
export type Shape = 'circle' | 'hexagon' | 'rail' | 'lanes' | 'region';

/** What the size of a part hangs on besides the part itself. */
export type Form = Shape | Pick<PartKind, 'shape' | 'lanes'>;

/** Shapes whose size is the author's. */
export function isSizable(shape: Shape): boolean {
  return shape === 'region' || shape === 'lanes';
}

/** Lines that are drawn; the ways of those that are hidden show only while something travels them. */
export function drawnLines<L extends { readonly kind: string }>(lines: readonly L[], kinds: ReadonlyMap<string, LineKind>): readonly L[] {
  return lines.some(({ kind }) => kinds.get(kind)?.hidden) ? lines.filter(({ kind }) => !kinds.get(kind)?.hidden) : lines;
}

export interface PartKind {
  readonly kind: string;
  /** A node can crash alone; a place is inside a node; a container holds nodes that belong together (a consumer group). */
  readonly role: 'node' | 'place' | 'container';
  readonly shape: Shape;
  /** Places: the kind of node that holds them. */
  readonly inside?: string;
  /** Nodes: the kind of container that may hold them. */
  readonly within?: string;
  /** Shape 'lanes': how many lanes a part of this configuration has, so that it is as high as they are until someone sizes it. */
  readonly lanes?: (config: Config) => number;
  readonly fields: FieldTable;
  /** In the palette, unless false. A palette entry may preset fields (exchange types). */
  readonly palette: readonly { readonly id: string; readonly config: { readonly [name: string]: string } }[];
  /** New parts are named `<stem>-1`, `<stem>-2` … */
  readonly nameStem: string;
  /** What a person can do to it while it runs, beyond crash/restart of nodes: publish, purge, pause … */
  readonly verbs: readonly string[];
}

export interface LineKind {
  readonly kind: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly fields: FieldTable;
  /** Follows from the rest of the document (an alternate exchange, the default exchange's bindings): drawn, not editable. */
  readonly implied?: true;
  /** A way that only traffic shows: it is not drawn itself, nor listed. */
  readonly hidden?: true;
  /** A connection that can be cut; a binding inside a broker cannot. */
  readonly cuttable: boolean;
}

/** Why a line was refused, and what would do: a problem whose remedy the editor can offer as an action. */
export interface Refusal {
  readonly problem: Problem;
  /** e.g. 'insert-default-exchange', 'swap-ends': performed by `Vocabulary.mend`. */
  readonly mend?: string;
}

/**
 * What a system has and another may lack. Signs, filters, colours and settings that are about one of these are offered only where a
 * system that has it is drawn.
 */
export type Trait = 'routing' | 'acks' | 'prefetch' | 'lanes' | 'groups' | 'replication';

/**
 * A part that another one asks for in a node of its own: what a second broker holds of a topic. It is drawn and kept like any
 * other part; edits put it there with what asks for it, and take it away again.
 */
export interface Companion {
  readonly of: PartId;
  readonly kind: string;
  /** That of the part which asks for it. */
  readonly name: string;
  readonly parent: PartId;
  /** How many lanes will be in it. */
  readonly lanes: number;
}

/** What can be drawn: the union of all protocol packs, seen by document, editor and engine alike. */
export interface Vocabulary {
  readonly parts: ReadonlyMap<string, PartKind>;
  readonly lines: ReadonlyMap<string, LineKind>;
  /** The kind of line that may lead from one part to the other, or why none does. */
  connect(scenario: Scenario, from: Part, to: Part): LineKind | Refusal;
  /** Does what a refusal offered; returns the changed scenario. */
  mend(scenario: Scenario, mend: string, from: Part, to: Part): Scenario;
  /** Lines that follow from the document; their ids are stable and contain '>' (author's ids never do). */
  implied(scenario: Scenario): readonly Line[];
  /**
   * All companions that the parts of this drawing ask for, whether or not they are drawn: from the beginning of a run, or of what
   * joins a system that runs, which may be put anywhere.
   */
  companions?(scenario: Scenario, isFromStart: boolean): readonly Companion[];
  /** The pack's own problems: two queues of one name in a broker, a reserved name, … Asked before a run starts, so that a page which only draws does without. */
  check?(scenario: Scenario): readonly Problem[];
  /**
   * Why a running system would not take new settings of a part or line that is there already; undefined when it would. `before`
   * and `after` are the thing as it was until now and as it would be from now on.
   */
  checkLive?(scenario: Scenario, before: Part | Line, after: Part | Line): Problem | undefined;
  /** Fields of the message that a person publishes by hand to a part of this kind: what `args` of the verb `publish` may hold. */
  messageFields?(kind: string): FieldTable;
  /** The message that publishing by hand to this part begins with: one that its author most likely means. */
  suggestMessage?(scenario: Scenario, target: Part): Config;
  /** A pack's own; of all packs together see `Catalogue.traitsOf`. */
  readonly traits?: readonly Trait[];
}
