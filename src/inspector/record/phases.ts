import { type Micros, micros, type PartId } from '../../base/index.ts';
import type { Fact, Timeline } from '../../engine/index.ts';

/** Facts taken at once between two looks at the clock. */
const CHUNK = 4_000;
/** A run that pauses more often than this is told by its beginning. */
const SPANS_MAX = 5_000;

/** From one time of the run to another; one that has not ended as far as is known has no `to`. */
export interface Span {
  readonly from: Micros;
  to: Micros | undefined;
}
export interface Phase extends Span {
  /** i18n key `phase.<phase>`. */
  readonly phase: string;
}
/** A reader takes from a lane. */
export interface Reading extends Span {
  readonly lane: string;
}

/** When parts were in a phase, and when readers took from which lane: folded from the facts of a run, each once. */
export class Phases {
  readonly phases = new Map<PartId, Phase[]>();
  readonly readings = new Map<PartId, Reading[]>();
  /** Facts taken so far. */
  taken = 0;
  private size = 0;

  catchUp(timeline: Timeline, isSpent: () => boolean): boolean {
    while (this.taken < timeline.known.facts) {
      const to = Math.min(timeline.known.facts, this.taken + CHUNK);
      for (const fact of timeline.facts(this.taken, to)) this.add(fact);
      this.taken = to;
      if (isSpent()) break;
    }
    return this.taken >= timeline.known.facts;
  }

  add({ kind, at, time, data }: Fact): void {
    switch (kind) {
      case 'phase.began':
        this.open(this.phases, at, { phase: String(data?.['phase']), from: time, to: undefined });
        return;
      case 'phase.ended': {
        const phase = data?.['phase'];
        this.close(this.phases, at, time, (span) => phase === undefined || span.phase === phase);
        return;
      }
      case 'reading.resumed':
        this.begin(at, String(data?.['lane']), time);
        return;
      case 'reading.stopped': {
        const lane = String(data?.['lane']);
        // Nobody has told that it began: it has read from the start.
        if (!this.readings.get(at)?.some((reading) => reading.lane === lane)) this.begin(at, lane, micros(0));
        this.close(this.readings, at, time, (reading) => reading.lane === lane);
        return;
      }
      case 'part.left':
        this.close(this.phases, at, time, () => true);
        this.close(this.readings, at, time, () => true);
        return;
      case 'node.crashed':
        this.close(this.readings, at, time, () => true);
    }
  }

  private begin(at: PartId, lane: string, from: Micros): void {
    const isRead = this.readings.get(at)?.some((reading) => reading.lane === lane && reading.to === undefined);
    if (!isRead) this.open(this.readings, at, { lane, from, to: undefined });
  }

  private open<S extends Span>(spans: Map<PartId, S[]>, at: PartId, span: S): void {
    if (this.size >= SPANS_MAX) return;
    this.size++;
    const known = spans.get(at);
    if (known) known.push(span);
    else spans.set(at, [span]);
  }

  private close<S extends Span>(spans: ReadonlyMap<PartId, readonly S[]>, at: PartId, time: Micros, isMeant: (span: S) => boolean): void {
    for (const span of spans.get(at) ?? []) if (span.to === undefined && isMeant(span)) span.to = time;
  }
}

const known = new WeakMap<Timeline, Phases>();

/** The one such record of a timeline: time line and panels share it. */
export function phasesOf(timeline: Timeline): Phases {
  let phases = known.get(timeline);
  if (!phases) {
    phases = new Phases();
    known.set(timeline, phases);
  }
  return phases;
}
