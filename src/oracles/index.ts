import type { Fact } from '../engine/index.ts';
import { Causality } from './causality.ts';
import { Charts } from './charts/charts.ts';
import { Conservation } from './conservation.ts';
import type { NodeOf, Watcher } from './types.ts';

export { Causality } from './causality.ts';
export { Charts } from './charts/charts.ts';
export { type ConsumerEvent, consumerChart } from './charts/consumerChart.ts';
export { type CopyEvent, copyChart } from './charts/copyChart.ts';
export { Conservation } from './conservation.ts';
export { FirstInFirstOut } from './order.ts';
export type { NodeOf, Watcher } from './types.ts';

/** All oracles that hold for every system, as one. */
export function everyOracle(nodeOf: NodeOf): readonly Watcher[] {
  return [new Causality(), new Conservation(nodeOf), new Charts(nodeOf)];
}

/** The first complaint of any oracle about the facts of a run from its start, or undefined. */
export function checkOracles(facts: Iterable<Fact>, nodeOf: NodeOf): string | undefined {
  const watchers = everyOracle(nodeOf);
  for (const fact of facts) {
    for (const watcher of watchers) {
      const text = watcher.watch(fact);
      if (text !== undefined) return text;
    }
  }
  return undefined;
}
