import type { PartId } from '../../base/index.ts';
import { boot, type Fact, type Lags, lagsAt, nextTime, type Program, step, type Timeline } from '../../engine/index.ts';
import { BUCKETS, bucketOf } from './buckets.ts';

/** Lanes and readers beyond these are not charted. */
const LINES_MAX = 64;
/** Steps between two looks at the clock. */
const CHUNK = 64;

/** A value of each bucket: what it was at its end. */
export type Levels = (number | null)[];

/**
 * Lag over the run. Facts do not tell it: readers move without a word, and a lane ends elsewhere when another node leads it.
 * So the run is gone through once more, and what lanes show (`lagsAt`) is noted at the end of each bucket.
 */
export class LagSeries {
  readonly lanes = new Map<string, Levels>();
  readonly readers = new Map<PartId, Levels>();
  /** Buckets that are over. */
  done = 0;
  private isOver = false;
  private readonly world;
  private readonly scratch: Fact[] = [];
  private last: { readonly steps: number; readonly lags: Lags } | undefined;

  constructor(private readonly program: Program) {
    this.world = boot(program);
  }

  get taken(): number {
    return this.done;
  }

  isBehind({ known }: Timeline): boolean {
    return this.world.steps < known.steps || (known.complete && !this.isOver);
  }

  /** Goes on as far as the run is known, until `isSpent`; true when there is no more. */
  catchUp({ known }: Timeline, isSpent: () => boolean): boolean {
    const { program, world, scratch } = this;
    for (let i = 1; world.steps < known.steps; i++) {
      this.note(bucketOf(program.end, nextTime(program, world)));
      step(program, world, scratch);
      scratch.length = 0;
      if (i % CHUNK === 0 && isSpent()) return false;
    }
    if (known.complete) {
      this.note(world.halted === '' ? BUCKETS : bucketOf(program.end, world.now));
      this.isOver = true;
    }
    return true;
  }

  /** All buckets before this one are over. */
  private note(bucket: number): void {
    for (; this.done < bucket; this.done++) {
      const { lanes, readers } = this.lags();
      put(this.lanes, lanes, this.done);
      put(this.readers, readers, this.done);
    }
  }

  private lags(): Lags {
    const { steps } = this.world;
    if (this.last?.steps !== steps) this.last = { steps, lags: lagsAt(this.program, this.world) };
    return this.last.lags;
  }
}

function put(series: Map<string, Levels>, now: ReadonlyMap<string, number>, bucket: number): void {
  for (const [key, value] of now) {
    let levels = series.get(key);
    if (!levels) {
      if (series.size >= LINES_MAX) continue;
      levels = new Array<number | null>(BUCKETS).fill(null);
      series.set(key, levels);
    }
    levels[bucket] = value;
  }
}

const known = new WeakMap<Timeline, LagSeries>();

/** True where anything can lag: somewhere messages are kept in lanes. */
export function hasLanes({ parts, catalogue }: Program): boolean {
  for (const { kind } of parts.values()) if (catalogue.parts.get(kind)?.shape === 'lanes') return true;
  return false;
}

/** The one such record of a timeline; undefined where nothing can lag. */
export function lagsOf(timeline: Timeline): LagSeries | undefined {
  let series = known.get(timeline);
  if (!series && hasLanes(timeline.program)) {
    series = new LagSeries(timeline.program);
    known.set(timeline, series);
  }
  return series;
}
