import { checkedDeed } from '../deeds.ts';
import { DOCUMENT_LIMITS } from '../limits.ts';
import { scenarioOf } from '../run.ts';
import type { Config, Intervention, Line, Part, Run } from '../types.ts';
import { applyVariant, diffScenario } from '../variant.ts';
import { closureOf, type EditContext, type Edited, refuse, without } from './context.ts';
import { inserted, pruned, withBase } from './settle.ts';

export interface Deed {
  readonly verb: string;
  readonly target: string;
  readonly args?: Config;
}

/** Something done to a part or line at `context.at`; it comes after what was done at that time before. */
export function addIntervention(run: Run, context: EditContext, { verb, target, args = {} }: Deed): Edited<Run> {
  const thing = thingOf(run, target);
  if (!thing) return refuse(target, 'edit.gone');
  const checked = checkedDeed(context.vocabulary, thing, verb, args);
  if (!checked.ok) return checked;
  if (context.at > DOCUMENT_LIMITS.time) return refuse(target, 'limit.time');
  if (run.interventions.length >= DOCUMENT_LIMITS.interventions)
    return refuse('', 'limit.interventions', { args: { max: DOCUMENT_LIMITS.interventions } });
  return { ok: true, value: { ...run, interventions: inserted(run.interventions, { at: context.at, verb, target, args: checked.value }) } };
}

/**
 * Takes one back. Without its departure or reconfiguration a thing is again as it was. What joined is no more, and all
 * that was hung on it since goes with it, unless another intervention lets it join.
 */
export function removeIntervention(run: Run, index: number): Edited<Run> {
  const taken = run.interventions[index];
  if (!taken) return refuse('', 'edit.gone');
  const interventions = run.interventions.toSpliced(index, 1);
  const left = { ...run, interventions };
  if (taken.verb !== 'join' || joins(interventions, taken.target)) return { ok: true, value: left };
  return { ok: true, value: pruned(withoutThing(left, taken.target)) };
}

function joins(interventions: readonly Intervention[], target: string): boolean {
  return interventions.some((other) => other.verb === 'join' && other.target === target);
}

function withoutThing(run: Run, id: string): Run {
  const alone = withBase(run, without(run.scenario, closureOf(run.scenario, [id])));
  if (!alone.variant) return alone;
  const other = applyVariant(alone.scenario, alone.variant);
  return { ...alone, variant: diffScenario(alone.scenario, without(other, closureOf(other, [id]))) };
}

function thingOf(run: Run, id: string): Part | Line | undefined {
  for (const side of ['a', 'b'] as const) {
    const { parts, lines } = scenarioOf(run, side);
    const found = parts.find((part) => part.id === id) ?? lines.find((line) => line.id === id);
    if (found) return found;
  }
  return undefined;
}
