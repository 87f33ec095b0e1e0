import type { LineId, MessageId, Micros, PartId } from '../base/index.ts';
import type { Fact, PartView, Program, ReadonlyWorld } from './types.ts';

/**
 * A run as a line one can walk both ways. A *head* computes ahead and keeps checkpoints and facts; the *playhead* is
 * anywhere at or before it. Nothing here knows a clock: budgets count appointments, and the caller slices its time.
 */
export interface Timeline {
  readonly program: Program;
  /** The world at the playhead. */
  readonly world: ReadonlyWorld;
  /** Where the playhead stands; at equal times `world.steps` tells how far. */
  readonly time: Micros;
  /** Facts with seq below this have happened at the playhead (= world.nextFact). */
  readonly factsHappened: number;
  /** How far the head has computed. */
  readonly known: { readonly time: Micros; readonly facts: number; readonly steps: number; readonly complete: boolean };
  /** Rises whenever `known` or the playhead changes: a cheap key for caches. */
  readonly version: number;
  /** Computes ahead by at most so many appointments; true when the run is complete up to `program.end`. */
  advance(appointments: number): boolean;
  /**
   * Moves the playhead to t: all appointments at or before t have happened. With a budget it may stop short
   * (false): call again. The playhead then stands as far as it got.
   */
  seek(time: Micros, appointments?: number): boolean;
  /** Moves the playhead to just after the step that made this fact. */
  seekFact(seq: number): void;
  /** The fact by number, from memory or by replay. Undefined beyond what is known. */
  fact(seq: number): Fact | undefined;
  /** Facts [from, to) by number; replays what memory has let go. */
  facts(from: number, to: number): readonly Fact[];
  /** First fact number with time > t (binary search): facts [0, n) happened at or before t. */
  factsUntil(time: Micros): number;
  /** The nearest fact from the playhead in a direction whose step lies beyond it, computing ahead within the budget if needed. */
  neighbour(direction: 1 | -1, wanted: (fact: Fact) => boolean, appointments: number): Fact | undefined;
  /** The first fact of a message, as a rule its publication; undefined while it is not known. */
  first(message: MessageId): Fact | undefined;
  /** All facts of one message known so far, in order; computed once and extended. */
  story(message: MessageId): readonly Fact[];
  /** What a part looks like at the playhead (see `viewOf`). */
  view(part: PartId): PartView | undefined;
  /** True while the link that a line belongs to is cut. */
  isCut(line: LineId): boolean;
  /** Facts per bucket over [0, program.end], for the time line's histogram. */
  density(buckets: number): Uint32Array;
  /**
   * The same run up to `time` under another program (an intervention at or after it): checkpoints before it are kept. Its
   * playhead stands at the last of them; `seek` on. Where the two programs turn out to differ earlier, less is kept.
   */
  fork(program: Program, time: Micros): Timeline;
}
