/** Version of the engine's behaviour: a run made with another may tell another story. */
export const ENGINE_VERSION = 1;

/**
 * How much one run may hold. Beyond the first group `compile` answers with a Problem; beyond the others the run halts
 * with a fact `limit.reached`, so that nothing ever hangs the page.
 */
export const LIMITS = {
  parts: 4_000,
  lines: 12_000,
  interventions: 1_000,
  /** A day of simulated time, in µs. */
  time: 86_400_000_000,

  /** Steps at one instant: a cycle that takes no time. */
  stepsAtOnce: 250_000,
  /** Frames that arrive within one step (hops of no length). */
  framesPerStep: 250_000,
  factsPerStep: 500_000,
  facts: 10_000_000,
  messages: 2_000_000,
  flights: 100_000,
  agenda: 400_000,
} as const;

export type LimitName = keyof typeof LIMITS;
