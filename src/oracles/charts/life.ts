import type { Micros, PartId } from '../../base/index.ts';
import type { Fact } from '../../engine/index.ts';
import type { Chart } from './chart.ts';
import { CHARTS, type ChartName } from './registry.ts';

/** One step of a life: a fact that led from one state into another, or began it. */
export interface Move {
  /** Number and time of the fact. */
  readonly seq: number;
  readonly time: Micros;
  readonly event: string;
  /** '' where a life begins. */
  readonly from: string;
  readonly to: string;
}

/** Hears of every move, in the order in which followers find them. */
export type OnMove = (life: Life, move: Move, fact: Fact) => void;

/** Something that leads a life after a chart, and where it stands. */
export class Life {
  readonly chart: Chart;
  state = '';

  constructor(
    readonly name: ChartName,
    /** The part whose life it is, or for a message the place; '' while it is in none. */
    readonly owner: PartId,
    /** What tells several lives of one owner apart, such as the number of a channel. */
    readonly detail: string,
    private readonly onMove: OnMove | undefined,
  ) {
    this.chart = CHARTS[name];
  }

  /** Begins, or begins anew, with a fact. */
  begin(fact: Fact): void {
    const from = '';
    this.state = this.chart.initial;
    this.onMove?.(this, { seq: fact.seq, time: fact.time, event: fact.kind, from, to: this.state }, fact);
  }

  can(event: string): boolean {
    return this.chart.next(this.state, event) !== undefined;
  }

  /** Goes on with an event; a complaint when its chart has no arrow for it. What changes nothing is no move. */
  take(event: string, fact: Fact): string | undefined {
    const from = this.state;
    const to = this.chart.next(from, event);
    if (to === undefined) return `a ${this.name} that is ${from} can't do that`;
    this.state = to;
    if (to !== from) this.onMove?.(this, { seq: fact.seq, time: fact.time, event, from, to }, fact);
    return undefined;
  }

  get isOver(): boolean {
    return this.chart.isEnd(this.state);
  }
}
