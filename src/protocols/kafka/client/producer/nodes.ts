import type { Context } from '../../../../engine/index.ts';
import { brokersOf, controlWay, servingBrokers } from '../../routes.ts';
import { inFlightOf } from './sender.ts';
import type { Producer } from './state.ts';

/** True when there is a connection with a broker, as far as this client knows. */
export function isReachable(state: Producer, node: number, x: Context): boolean {
  const broker = brokersOf(x.wiring).get(node);
  return broker !== undefined && !state.unreachable.has(broker.id) && controlWay(x.wiring, node) !== undefined;
}

/**
 * The node to ask what any broker knows: of those in the metadata the one with the fewest requests on their way, or
 * of all addresses the first that can be reached. Undefined when there is none.
 */
export function anyNode(state: Producer, x: Context): number | undefined {
  const known = state.cluster.nodes.filter((node) => isReachable(state, node, x));
  const nodes = known.length > 0 ? known : bootstrap(state, x);
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    const load = inFlightOf(state.sender, node) + (node === state.avoided ? 1_000 : 0);
    if (load >= least) continue;
    best = node;
    least = load;
  }
  return best;
}

function bootstrap(state: Producer, x: Context): readonly number[] {
  return [...servingBrokers(x.wiring).keys()].filter((node) => isReachable(state, node, x));
}
