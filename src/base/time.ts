/** Integer simulated time in microseconds. Only the engine's clock makes it; no wall clock ever does. */
export type Micros = number & { readonly unit: 'µs' };

export const ZERO = 0 as Micros;
/** Later than anything that can be scheduled (about 142 years). */
export const NEVER = Number.MAX_SAFE_INTEGER as Micros;

/** Rounds to whole microseconds; use it at the edges, where people's numbers come in. */
export function micros(value: number): Micros {
  return Math.round(value) as Micros;
}
export function fromMillis(millis: number): Micros {
  return micros(millis * 1_000);
}
export function fromSeconds(seconds: number): Micros {
  return micros(seconds * 1_000_000);
}
export function toSeconds(time: Micros): number {
  return time / 1_000_000;
}
