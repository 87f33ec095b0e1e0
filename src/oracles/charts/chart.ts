import { type AnyStateMachine, transition } from 'xstate';

/** All ways from one state to another, as one line of the drawing. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Events that lead along it, each named after a kind of fact. */
  readonly events: readonly string[];
}

/**
 * One life cycle: an XState machine of plain data, without context, guards or actions, so that an oracle can run it, a
 * drawing can show it, and each of its steps needs to be asked of XState only once.
 */
export class Chart {
  readonly name: string;
  /** In the order in which the machine names them; the first is where a life begins. */
  readonly states: readonly string[];
  readonly arrows: readonly Arrow[];
  private readonly steps = new Map<string, Map<string, string | undefined>>();

  constructor(readonly machine: AnyStateMachine) {
    this.name = machine.id;
    this.states = Object.keys(machine.states);
    this.arrows = arrowsOf(this);
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
    return this.machine.states[state]?.type === 'final';
  }

  private ask(state: string, event: string): string | undefined {
    const before = this.machine.resolveState({ value: state, context: {} });
    if (!before.can({ type: event })) return undefined;
    return String(transition(this.machine, before, { type: event })[0].value);
  }
}

/** What leads from a state back to itself changes nothing and is no arrow. */
function arrowsOf(chart: Chart): readonly Arrow[] {
  const arrows = new Map<string, { from: string; to: string; events: string[] }>();
  for (const from of chart.states) {
    for (const event of chart.machine.states[from]?.ownEvents ?? []) {
      const to = chart.next(from, event);
      if (to === undefined || to === from) continue;
      const arrow = arrows.get(`${from} ${to}`);
      if (arrow) arrow.events.push(event);
      else arrows.set(`${from} ${to}`, { from, to, events: [event] });
    }
  }
  return [...arrows.values()];
}
