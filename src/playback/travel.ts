import type { Micros } from '../base/index.ts';
import type { Landing, Side } from './types.ts';

/** Appointments between two looks at the clock: well under a millisecond. */
export const SLICE_APPOINTMENTS = 2_000;

/** A way to go for all sides together: to a time, or to just after a fact that happens at that time. */
export interface Travel {
  readonly time: Micros;
  readonly landing: Landing | undefined;
  /** Where it began: for the progress shown. */
  readonly from: Micros;
  /** Its progress is worth showing: a jump, not the flow of time. */
  readonly isJump: boolean;
}

/**
 * Steps of two sides have one order: by time, and at equal times side a before side b. Just after a fact of one side,
 * the earlier side stands after all of that time, the later side before it. So a walk there and back passes the same places.
 */
function goalOf(travel: Travel, side: number): Micros {
  const { landing, time } = travel;
  if (!landing || side < landing.side) return time;
  return Math.max(0, time - 1) as Micros;
}

/** Moves all sides on their way until they are there (true) or the frame's time is spent (false). */
export function travelOn(sides: readonly Side[], travel: Travel, isSpent: () => boolean): boolean {
  let pending = sides.map((_, index) => index);
  for (;;) {
    pending = pending.filter((index) => {
      const { timeline, program } = sides[index] as Side;
      return !timeline.seek(Math.min(goalOf(travel, index), program.end) as Micros, SLICE_APPOINTMENTS);
    });
    if (pending.length === 0) break;
    if (isSpent()) return false;
  }
  if (travel.landing) land(sides, travel.landing, travel.time);
  return true;
}

/** The last bit of the way: from just before the fact's time, a few steps at most. A fact that does not happen then leaves us after all of that time. */
function land(sides: readonly Side[], landing: Landing, time: Micros): void {
  const timeline = sides[landing.side]?.timeline;
  if (!timeline) return;
  if (timeline.fact(landing.seq) === undefined) timeline.seek(time);
  if (timeline.fact(landing.seq)?.time === time) timeline.seekFact(landing.seq);
  else for (const side of sides) side.timeline.seek(Math.min(time, side.program.end) as Micros);
}

/** How far a jump has come, 0–1. */
export function progressOf(sides: readonly Side[], travel: Travel): number {
  const shares = sides.map(({ timeline }) => {
    const whole = travel.time - travel.from;
    // A jump back starts again from a checkpoint at or before its goal: what counts is the way from the beginning.
    if (whole <= 0) return travel.time > 0 ? Math.min(1, timeline.time / travel.time) : 1;
    return Math.min(1, Math.max(0, (timeline.time - travel.from) / whole));
  });
  return Math.min(1, ...shares);
}
