import { type AnyStateMachine, type AnyStateNode, transition } from 'xstate';

/** All ways from one state to another, as one line of the drawing. Either end may be a group. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Events that lead along it, each named after a kind of fact. */
  readonly events: readonly string[];
}

/** States that have something in common: a fact may lead out of any of them. */
export interface Group {
  readonly name: string;
  readonly states: readonly string[];
}

/**
 * One life cycle: an XState machine of plain data, without context, guards or actions, so that an oracle can run it, a
 * drawing can show it, and each of its steps needs to be asked of XState only once. States may be grouped, one level deep.
 */
export class Chart {
  readonly name: string;
  /** What a life can be in, in the order in which the machine names them; the first is where a life begins. */
  readonly states: readonly string[];
  readonly groups: readonly Group[];
  readonly arrows: readonly Arrow[];
  private readonly nodes: ReadonlyMap<string, AnyStateNode>;
  private readonly steps = new Map<string, Map<string, string | undefined>>();

  constructor(readonly machine: AnyStateMachine) {
    this.name = machine.id;
    const tops = Object.values(machine.states) as AnyStateNode[];
    const grouped = tops.filter(isGroup);
    const leaves = tops.flatMap((node) => (isGroup(node) ? (Object.values(node.states) as AnyStateNode[]) : [node]));
    this.nodes = new Map([...grouped, ...leaves].map((node) => [node.key, node]));
    this.states = leaves.map(({ key }) => key);
    this.groups = grouped.map(({ key, states }) => ({ name: key, states: Object.keys(states) }));
    this.arrows = this.drawn();
  }

  get initial(): string {
    return this.states[0] as string;
  }

  /** Where an event leads; undefined when nothing of the kind may happen in this state. */
  next(state: string, event: string): string | undefined {
    let known = this.steps.get(state);
    if (known === undefined) {
      known = new Map();
      this.steps.set(state, known);
    }
    if (!known.has(event)) known.set(event, this.ask(state, event));
    return known.get(event);
  }

  isEnd(state: string): boolean {
    return this.nodes.get(state)?.type === 'final';
  }

  /** The arrow along which a step went; undefined for one that the chart does not have. */
  arrowOf(from: string, to: string, event: string): Arrow | undefined {
    const out = (arrow: Arrow) => arrow.from === from || arrow.from === this.groupOf(from)?.name;
    const into = (arrow: Arrow) => arrow.to === to || arrow.to === this.groupOf(to)?.name;
    return this.arrows.find((arrow) => out(arrow) && into(arrow) && arrow.events.includes(event));
  }

  groupOf(state: string): Group | undefined {
    return this.groups.find(({ states }) => states.includes(state));
  }

  /** A state as XState writes it. */
  valueOf(state: string): string | { readonly [group: string]: string } {
    const group = this.groupOf(state);
    return group ? { [group.name]: state } : state;
  }

  private ask(state: string, event: string): string | undefined {
    const before = this.machine.resolveState({ value: this.valueOf(state), context: {} });
    if (!before.can({ type: event })) return undefined;
    const { value } = transition(this.machine, before, { type: event })[0];
    return typeof value === 'string' ? value : String(Object.values(value as object)[0]);
  }

  /** What leads from a state back to itself changes nothing and is no arrow. */
  private drawn(): readonly Arrow[] {
    const arrows = new Map<string, { from: string; to: string; events: string[] }>();
    for (const [from, node] of this.nodes) {
      for (const [event, [way]] of node.transitions) {
        const to = way?.target?.[0]?.key;
        if (to === undefined || to === from) continue;
        const arrow = arrows.get(`${from} ${to}`);
        if (arrow) arrow.events.push(event);
        else arrows.set(`${from} ${to}`, { from, to, events: [event] });
      }
    }
    return [...arrows.values()];
  }
}

function isGroup({ type }: AnyStateNode): boolean {
  return type === 'compound';
}
