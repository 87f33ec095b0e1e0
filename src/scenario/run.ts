import { DEFAULT_SETTINGS } from './settings.ts';
import type { Run, Scenario } from './types.ts';
import { applyVariant } from './variant.ts';

/** The two sides of a pair: the scenario itself, and its variant. */
export type Side = 'a' | 'b';

export function emptyScenario(): Scenario {
  return { from: '', title: '', intro: '', parts: [], lines: [], settings: DEFAULT_SETTINGS };
}

/** A document with nothing in it yet. `engine` is the version of the engine that will run it. */
export function emptyRun(engine = 1): Run {
  return { scenario: emptyScenario(), seed: 1, engine, interventions: [] };
}

/** The scenario of one side; without a variant both are the same. */
export function scenarioOf(run: Run, side: Side): Scenario {
  return side === 'b' && run.variant ? applyVariant(run.scenario, run.variant) : run.scenario;
}

/** Every id of both sides, taken ones and those that the variant leaves out alike. */
export function idsOf(run: Run): ReadonlySet<string> {
  const { scenario, variant } = run;
  const things = [...scenario.parts, ...scenario.lines, ...(variant?.parts ?? []), ...(variant?.lines ?? [])];
  return new Set(things.map((thing) => thing.id));
}

/** Hands out ids that the run does not have yet: p1, p2 … for parts, l1, l2 … for lines. Never one with '>' in it. */
export function freshIds(run: Run): (letter: 'p' | 'l') => string {
  const last = { p: 0, l: 0 };
  for (const id of idsOf(run)) {
    const number = /^[pl][1-9]\d{0,8}$/.test(id) ? Number(id.slice(1)) : 0;
    const letter = id.charAt(0) as 'p' | 'l';
    if (number > last[letter]) last[letter] = number;
  }
  return (letter) => `${letter}${++last[letter]}`;
}

/** Parts and lines that the second run has and the first has not: what an edit has made, to be selected. */
export function addedIds(before: Run, after: Run): readonly string[] {
  const known = idsOf(before);
  return [...idsOf(after)].filter((id) => !known.has(id));
}
