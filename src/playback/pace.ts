import type { Micros } from '../base/index.ts';

const WINDOW_MILLIS = 500;
/** Frames further apart than this are a hidden tab, not a slow engine. */
const GAP_MILLIS_MAX = 1_000;
/** Within this share of the wish, the wish itself is shown. */
const CLOSE_ENOUGH = 0.95;

/** Measures how fast simulated time really flows. */
export class Pace {
  private millis = 0;
  private micros = 0;
  private measured: number | undefined;

  reset(): void {
    this.millis = 0;
    this.micros = 0;
    this.measured = undefined;
  }

  record(realMillis: number, simulated: Micros): void {
    if (realMillis > GAP_MILLIS_MAX) {
      this.reset();
      return;
    }
    this.millis += realMillis;
    this.micros += simulated;
    if (this.millis < WINDOW_MILLIS) return;
    this.measured = this.micros / (this.millis * 1_000);
    this.millis = 0;
    this.micros = 0;
  }

  /** What is really reached of the speed wished for. */
  actual(speed: number): number {
    if (this.measured === undefined || this.measured >= speed * CLOSE_ENOUGH) return speed;
    return this.measured;
  }
}
