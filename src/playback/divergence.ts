import { type Micros, NEVER, ZERO } from '../base/index.ts';
import type { Intervention, Line, Part, Run, Scenario } from '../scenario/index.ts';

/**
 * The time up to which two runs are surely the same, so that what was computed of one holds for the other: 0 when the
 * documents differ from the start, later when they differ in interventions, or in parts and lines that join later.
 */
export function divergenceOf(before: Run, after: Run): Micros {
  if (before.seed !== after.seed || before.engine !== after.engine) return ZERO;
  return earliest([
    interventionsDiverge(before.interventions, after.interventions),
    settingsDiverge(before.scenario, after.scenario),
    itemsDiverge(before.scenario.parts, after.scenario.parts, before, after),
    itemsDiverge(before.scenario.lines, after.scenario.lines, before, after),
  ]);
}

function earliest(times: readonly number[]): Micros {
  return Math.min(NEVER, ...times) as Micros;
}

function interventionsDiverge(before: readonly Intervention[], after: readonly Intervention[]): number {
  const length = Math.max(before.length, after.length);
  for (let i = 0; i < length; i++) {
    const one = before[i];
    const other = after[i];
    if (one === other || JSON.stringify(one) === JSON.stringify(other)) continue;
    return Math.min(one?.at ?? NEVER, other?.at ?? NEVER);
  }
  return NEVER;
}

function settingsDiverge(before: Scenario, after: Scenario): number {
  const { colourBy: _a, until: untilBefore, ...one } = before.settings;
  const { colourBy: _b, until: untilAfter, ...other } = after.settings;
  if (JSON.stringify(one) !== JSON.stringify(other)) return 0;
  return untilBefore === untilAfter ? NEVER : Math.min(untilBefore, untilAfter);
}

/** Parts and lines that are there from the start make a difference from the start; their places on the canvas never do. */
function itemsDiverge(before: readonly (Part | Line)[], after: readonly (Part | Line)[], runBefore: Run, runAfter: Run): number {
  if (before === after) return NEVER;
  const one = new Map(before.map((item) => [item.id, item]));
  const other = new Map(after.map((item) => [item.id, item]));
  const common = (items: readonly (Part | Line)[]) => items.filter((item) => one.has(item.id) && other.has(item.id)).map((item) => item.id);
  if (common(before).join('\n') !== common(after).join('\n')) return 0;
  const times = [...new Set([...one.keys(), ...other.keys()])].map((id) => {
    const was = one.get(id);
    const is = other.get(id);
    if (was === is || (was && is && essence(was) === essence(is))) return NEVER;
    return Math.min(was ? joinedAt(runBefore, id) : NEVER, is ? joinedAt(runAfter, id) : NEVER);
  });
  return earliest(times);
}

function essence(item: Part | Line): string {
  if ('from' in item) return JSON.stringify([item.kind, item.from, item.to, item.config]);
  return JSON.stringify([item.kind, item.name, item.parent, item.config]);
}

function joinedAt(run: Run, id: string): number {
  return run.interventions.find((deed) => deed.verb === 'join' && deed.target === id)?.at ?? 0;
}
