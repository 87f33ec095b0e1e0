import { RisingMap } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import { emptyImage } from '../controller/index.ts';
import { clusterFeatures } from '../mode.ts';
import { nodeIdOf } from '../routes.ts';
import { newCluster } from './cluster/index.ts';
import { newCoordinators } from './coordinators.ts';
import { newShares } from './share/state.ts';
import type { Broker, WaitingFetch, WaitingProduce } from './state.ts';
import { newTransactions } from './transactions/state.ts';

/** A broker as it starts. At time 0 the cluster stands already: its metadata is the same everywhere. */
export function newBroker(x: Context): Broker {
  const { wiring } = x;
  const node = nodeIdOf(wiring, wiring.self.id);
  return {
    ...{ node, part: wiring.self.id, epoch: x.booting ? node : -1, features: clusterFeatures(x.wiring), image: emptyImage() },
    ...{ replicas: new Map(), fetches: new RisingMap<WaitingFetch>(), produces: new RisingMap<WaitingProduce>() },
    ...{ sessions: new Map(), fetchers: new Map() },
    ...{
      hasStragglers: true,
      unreachable: new Set<number>(),
      stirred: new Set<string>(),
      sweepAt: 0,
      next: 1,
      coordinators: newCoordinators(),
      transactions: newTransactions(),
      shares: newShares(),
      nextProducer: 0,
      produced: 0,
      fetched: 0,
    },
    cluster: newCluster(node, x),
  };
}
