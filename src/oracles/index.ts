import type { Fact } from '../engine/index.ts';
import { Causality } from './causality.ts';
import { Charts } from './charts/charts.ts';
import { Conservation } from './conservation.ts';
import { Logs } from './logs/logs.ts';
import type { Drawing, Watcher } from './types.ts';

export { Causality } from './causality.ts';
export { type Arrow, Chart, type Group } from './charts/chart.ts';
export { Charts } from './charts/charts.ts';
export { Copies } from './charts/copies.ts';
export { Life, type Move, type OnMove } from './charts/life.ts';
export { Records } from './charts/records.ts';
export { CHARTS, type ChartName, leadsLife } from './charts/registry.ts';
export { Conservation } from './conservation.ts';
export { laneOf } from './logs/lane.ts';
export { Logs } from './logs/logs.ts';
export { FirstInFirstOut } from './order.ts';
export type { Drawing, NodeOf, Watcher } from './types.ts';

/** All oracles that hold for every system, as one. */
export function everyOracle(drawing: Drawing): readonly Watcher[] {
  return [new Causality(), new Conservation(drawing), new Logs(drawing), new Charts(drawing)];
}

/** The first complaint of any oracle about the facts of a run from its start, or undefined. */
export function checkOracles(facts: Iterable<Fact>, drawing: Drawing): string | undefined {
  const watchers = everyOracle(drawing);
  for (const fact of facts) {
    for (const watcher of watchers) {
      const text = watcher.watch(fact);
      if (text !== undefined) return text;
    }
  }
  return undefined;
}
