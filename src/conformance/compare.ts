import type { Json, JsonObject } from '../base/index.ts';
import { canonical as canonicalText } from './canonical.ts';
import type { Step } from './format.ts';

/** What happened in one step of a played recording, in the recording's own words. */
export interface Outcome {
  /** Undefined: plain success. */
  readonly result: Json | undefined;
  readonly seen: { readonly [actor: string]: readonly JsonObject[] };
}

// Nodes have other names in a recording than here.
const anyHome = (text: string) => text.replace(/home node '[^']*'/, "home node ''");
const canonical = (value: Json | undefined) => canonicalText(value, anyHome);

function sortedTexts(facts: readonly JsonObject[]): string {
  return facts
    .map((fact) => canonical(fact))
    .sort()
    .join('\n');
}

function without(fact: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(fact).filter(([key]) => key !== name));
}

/** What differs between a recorded step and the played one, in one sentence; undefined when they are the same. */
export function difference(step: Step, observed: Outcome): string | undefined {
  const result = observed.result;
  if (canonical(step.result) !== canonical(result) && !isFirstOfOne(step, result)) {
    return `step ${step.i} (${step.op}): result ${canonical(result)} instead of ${canonical(step.result)}`;
  }
  const pooled = new Set(step.seenPool.flatMap((pool) => pool.actors));
  for (const pool of step.seenPool) {
    const got = pool.actors.flatMap((actor) => observed.seen[actor] ?? []).map((fact) => without(fact, 'tag'));
    const wanted = pool.facts.map((fact) => without(fact, 'tag'));
    if (sortedTexts(got) !== sortedTexts(wanted)) {
      return `step ${step.i} (${step.op}): ${pool.actors.join(', ')} together saw ${canonical(got)} instead of ${canonical(wanted)}`;
    }
  }
  const actors = new Set([...Object.keys(step.seen), ...Object.keys(step.seenAnyOrder), ...Object.keys(observed.seen)]);
  for (const actor of actors) {
    if (pooled.has(actor)) continue;
    const got = observed.seen[actor] ?? [];
    const anyOrder = step.seenAnyOrder[actor];
    const wanted = anyOrder ?? step.seen[actor] ?? [];
    const same = anyOrder ? sortedTexts(got) === sortedTexts(wanted) : canonical(got) === canonical(wanted);
    if (!same) return `step ${step.i} (${step.op}): ${actor} saw ${canonical(got)} instead of ${canonical(wanted)}`;
  }
  return undefined;
}

/** A single get may be recorded as its message alone. */
function isFirstOfOne(step: Step, result: Json | undefined): boolean {
  return step.op === 'get' && Array.isArray(result) && result.length === 1 && canonical(result[0]) === canonical(step.result);
}
