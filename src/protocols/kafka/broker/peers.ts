import type { Context, NodeId } from '../../../engine/index.ts';
import { clusterWay } from './cluster/index.ts';
import { endFetch } from './fetch.ts';
import { askLeader } from './follow.ts';
import { clientGone } from './share/acknowledge.ts';
import { storeLost } from './share/store.ts';
import type { Broker } from './state.ts';
import { markersLost } from './transactions/markers.ts';

/** The connection with another node broke, or can be made again. */
export function peerChanged(broker: Broker, node: number, part: NodeId, isUp: boolean, x: Context): void {
  if (node < 0) {
    if (!isUp) forgetClient(broker, part, x);
    clusterWay(broker).peer(broker, node, part, isUp, x);
    return;
  }
  // A new connection: what was asked over the old one, or while there was none, gets no answer.
  broker.sessions.delete(node);
  const fetcher = broker.fetchers.get(node);
  if (fetcher) {
    fetcher.correlation = 0;
    fetcher.isNew = true;
  }
  markersLost(broker, node, x);
  storeLost(broker, node, x);
  if (isUp) {
    broker.unreachable.delete(node);
    askLeader(broker, node, x);
  } else broker.unreachable.add(node);
  clusterWay(broker).peer(broker, node, part, isUp, x);
}

/** Whoever has gone waits for nothing. */
function forgetClient(broker: Broker, client: NodeId, x: Context): void {
  for (const waiting of [...broker.fetches.values()]) if (waiting.back.to === client) endFetch(broker, waiting);
  clientGone(broker, client, x);
}
