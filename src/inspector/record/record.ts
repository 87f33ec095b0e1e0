import type { Program, Timeline } from '../../engine/index.ts';
import { Deliveries } from './deliveries.ts';
import { LogTally } from './logTally.ts';
import { Series } from './series.ts';
import { Work } from './work.ts';

/** Facts taken at once between two looks at the clock. */
const CHUNK = 2_000;

/** All that panels need of a run's past and known future, folded from its facts in order, each once. */
export class RunRecord {
  readonly series: Series;
  readonly deliveries = new Deliveries();
  readonly work = new Work();
  readonly logs: LogTally;
  /** Facts taken so far. */
  taken = 0;

  constructor(program: Program) {
    this.series = new Series(program);
    this.logs = new LogTally(program);
  }

  /** Takes facts that are known until `isSpent`; true when there are no more. */
  catchUp(timeline: Timeline, isSpent: () => boolean): boolean {
    while (this.taken < timeline.known.facts) {
      const to = Math.min(timeline.known.facts, this.taken + CHUNK);
      for (const fact of timeline.facts(this.taken, to)) {
        this.series.add(fact);
        this.deliveries.add(fact);
        this.work.add(fact);
        this.logs.add(fact);
      }
      this.taken = to;
      if (isSpent()) break;
    }
    return this.taken >= timeline.known.facts;
  }
}

const records = new WeakMap<Timeline, RunRecord>();

/** The one record of a timeline: panels share it, and it goes with the timeline. */
export function recordOf(timeline: Timeline): RunRecord {
  let record = records.get(timeline);
  if (!record) {
    record = new RunRecord(timeline.program);
    records.set(timeline, record);
  }
  return record;
}
