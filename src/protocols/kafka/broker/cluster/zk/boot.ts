import { fromMillis } from '../../../../../base/index.ts';
import type { Context } from '../../../../../engine/index.ts';
import type { BrokerConfig } from '../../../configs.ts';
import { applyRecords, emptyImage, newZkBrokerView, newZkController, type ZkSettings } from '../../../controller/index.ts';
import { clusterFeatures } from '../../../mode.ts';
import { firstRecords } from '../../drawn.ts';
import { type Cluster, newCommon } from '../state.ts';
import { newClient } from './state.ts';

type ZkNode = Extract<Cluster, { readonly type: 'zookeeper' }>;

/** A node's part in a cluster that keeps its metadata in ZooKeeper. At time 0 it knows already what will be written there. */
export function newZkNode(node: number, x: Context): ZkNode {
  const fresh = emptyZkNode(node, 0, 0, x);
  if (x.booting) fresh.view = { ...fresh.view, image: applyRecords(emptyImage(), firstRecords(x)) };
  fresh.isFenced = !x.booting;
  return fresh;
}

/** A process that has just begun: all that it knows of the cluster it will hear. */
export function emptyZkNode(node: number, connection: number, next: number, x: Context): ZkNode {
  const client = newClient(connection, next);
  client.timeoutMillis = x.config<BrokerConfig>(x.wiring.self.id).zookeeperSessionMillis;
  return {
    type: 'zookeeper',
    ...newCommon(true),
    client,
    controller: newZkController(settings(node, x)),
    view: newZkBrokerView(-1),
    channels: new Map(),
    ...{ hasStarted: false, refusedSession: 0, hasDrawn: false, isrChanges: new Set<string>(), isrChangedAt: 0, isrToldAt: 0, wakeAt: 0 },
  };
}

function settings(brokerId: number, x: Context): ZkSettings {
  const { rack, autoRebalance, rebalanceCheckMillis } = x.config<BrokerConfig>(x.wiring.self.id);
  return {
    brokerId,
    rack: rack === '' ? undefined : rack,
    uncleanLeaderElection: false,
    autoLeaderRebalance: autoRebalance,
    rebalanceInterval: fromMillis(rebalanceCheckMillis),
    firstRebalance: fromMillis(5_000),
    imbalancePercent: 10,
    retiresAtFailover: clusterFeatures(x.wiring).hasAlterPartition,
  };
}
