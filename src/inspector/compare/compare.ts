import type { Micros, PartId } from '../../base/index.ts';
import type { Program } from '../../engine/index.ts';
import { hasLanes } from '../record/lagSeries.ts';
import type { LogState } from '../record/logTally.ts';
import type { RunRecord } from '../record/record.ts';
import type { WorkerState } from '../record/work.ts';

/** One side of a pair at the playhead. */
export interface SideState {
  readonly workers: readonly WorkerState[];
  readonly finished: number;
  readonly idle: number;
  /** Messages not done with. */
  readonly left: number;
  /** What has become of messages in logs, where the drawing has any. */
  readonly logs: LogState | undefined;
  /** When all was done, once the playhead has passed it. */
  readonly doneAt: Micros | undefined;
}

interface Moment {
  readonly program: Program;
  readonly record: RunRecord;
  /** Facts that have happened at the playhead. */
  readonly happened: number;
  readonly time: Micros;
  /** True when the run is known to its end, so that it can be said that nothing more comes. */
  readonly isComplete: boolean;
}

/** What the workers of a side have done so far. Nobody is idle before there is work, or after all is done. */
export function sideState({ program, record, happened, time, isComplete }: Moment): SideState {
  const { work } = record;
  const doneAt = isComplete && record.taken >= happened ? work.doneAt : undefined;
  const isDone = doneAt !== undefined && doneAt <= time;
  const until = isDone ? doneAt : time;
  const order = [...program.parts.keys()];
  const names = [...work.names].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const workers = names.map((worker) => work.at(worker, happened, until));
  return {
    workers,
    finished: workers.reduce((sum, worker) => sum + worker.finished, 0),
    idle: workers.reduce((sum, worker) => sum + worker.idle, 0),
    left: work.left(happened),
    logs: hasLanes(program) ? record.logs.at(happened) : undefined,
    doneAt: isDone ? doneAt : undefined,
  };
}

/** The same worker on both sides beside each other; one that only one side has stands alone. */
export interface ComparedWorker {
  readonly worker: PartId;
  readonly a: WorkerState | undefined;
  readonly b: WorkerState | undefined;
}

export function compareWorkers(a: SideState, b: SideState): readonly ComparedWorker[] {
  const names = new Set([...a.workers, ...b.workers].map(({ worker }) => worker));
  const of = (state: SideState, worker: PartId) => state.workers.find((one) => one.worker === worker);
  return [...names].map((worker) => ({ worker, a: of(a, worker), b: of(b, worker) }));
}

/** The difference in one sentence: a key under `strip.says` and what to fill in; times in µs. */
export type Verdict =
  | { readonly says: 'both'; readonly a: Micros; readonly b: Micros; readonly faster: 'a' | 'b' | 'none'; readonly difference: number }
  | { readonly says: 'one'; readonly side: 'a' | 'b'; readonly time: Micros; readonly count: number }
  | { readonly says: 'running'; readonly a: number; readonly b: number; readonly idleA: number; readonly idleB: number };

/** What makes two runs of a log differ, the gravest first. */
export const LOG_TROUBLES = ['lost', 'twice', 'swapped', 'again'] as const;

/** Of logs: what differs, or how far both have come. */
export interface LogVerdict {
  readonly a: LogState;
  readonly b: LogState;
  readonly differs: readonly (typeof LOG_TROUBLES)[number][];
}

/** Nothing in a log is ever done with: two runs are compared by what became of their messages. */
export function logVerdictOf({ logs: a }: SideState, { logs: b }: SideState): LogVerdict | undefined {
  if (!a || !b) return undefined;
  return { a, b, differs: LOG_TROUBLES.filter((trouble) => a[trouble] !== b[trouble]) };
}

export function verdictOf(a: SideState, b: SideState): Verdict {
  if (a.doneAt !== undefined && b.doneAt !== undefined) {
    const difference = b.doneAt - a.doneAt;
    const faster = difference > 0 ? 'a' : difference < 0 ? 'b' : 'none';
    return { says: 'both', a: a.doneAt, b: b.doneAt, faster, difference: Math.abs(difference) };
  }
  if (a.doneAt !== undefined) return { says: 'one', side: 'a', time: a.doneAt, count: b.left };
  if (b.doneAt !== undefined) return { says: 'one', side: 'b', time: b.doneAt, count: a.left };
  return { says: 'running', a: a.finished, b: b.finished, idleA: a.idle, idleB: b.idle };
}
