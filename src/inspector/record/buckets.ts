import type { Micros } from '../../base/index.ts';

/** Points of every series over the run, whatever its length. */
export const BUCKETS = 240;

/** The bucket that a time of the run lies in; times behind its end lie in the last one. */
export function bucketOf(end: Micros, time: Micros | number): number {
  return end <= 0 ? 0 : Math.min(BUCKETS - 1, Math.floor((time * BUCKETS) / end));
}
