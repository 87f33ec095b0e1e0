import type { Micros, PartId } from '../../base/index.ts';
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
export interface Stop extends Span {
  readonly lane: string;
}

/** When parts were in a phase, and when readers took nothing: folded from the facts of a run, each once. */
export class Phases {
  readonly phases = new Map<PartId, Phase[]>();
  readonly stops = new Map<PartId, Stop[]>();
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
      case 'reading.stopped': {
        const lane = String(data?.['lane']);
        const isStopped = this.stops.get(at)?.some((stop) => stop.lane === lane && stop.to === undefined);
        if (!isStopped) this.open(this.stops, at, { lane, from: time, to: undefined });
        return;
      }
      case 'reading.resumed': {
        const lane = String(data?.['lane']);
        this.close(this.stops, at, time, (stop) => stop.lane === lane);
        return;
      }
      case 'part.left':
        // Who has left waits for nothing.
        this.close(this.phases, at, time, () => true);
        this.close(this.stops, at, time, () => true);
    }
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

/** How long these spans last together; where they overlap, time counts once. */
export function lengthOf(spans: readonly { readonly from: number; readonly to: number | undefined }[], until: number): number {
  let sum = 0;
  let covered = Number.NEGATIVE_INFINITY;
  for (const { from, to = until } of [...spans].sort((a, b) => a.from - b.from)) {
    if (to <= covered) continue;
    sum += to - Math.max(from, covered);
    covered = to;
  }
  return sum;
}

/** What a reader has given away for good it does not wait for: such a pause is over with the phase that it began in. */
export function endedStops(stops: readonly Stop[], phases: readonly Phase[]): readonly Stop[] {
  return stops.map((stop) => {
    if (stop.to !== undefined) return stop;
    const end = phases.find(({ to }) => to !== undefined && to >= stop.from)?.to;
    return end === undefined ? stop : { ...stop, to: end };
  });
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
