import type { Micros } from '../base/index.ts';

/** A time of the run for people: `4.900 s`. Three digits, so that it doesn't jump about while time flows. */
export function formatTime(time: Micros, digits: 1 | 2 | 3 = 3): string {
  return `${(time / 1_000_000).toFixed(digits)} s`;
}

/** A speed for people: `0.25×`, `16×`. */
export function formatSpeed(speed: number): string {
  return `${Number(speed.toFixed(speed < 1 ? 2 : 1))}×`;
}
