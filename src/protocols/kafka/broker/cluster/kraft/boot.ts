import { fromMillis } from '../../../../../base/index.ts';
import type { Context } from '../../../../../engine/index.ts';
import type { BrokerConfig } from '../../../configs.ts';
import { applyRecords, emptyImage, type KraftNode, type KraftNodeSettings, startKraftNode } from '../../../controller/index.ts';
import { clusterFeatures } from '../../../mode.ts';
import { brokersOf } from '../../../routes.ts';
import { drawOf } from '../../draw.ts';
import { firstRecords } from '../../drawn.ts';
import { type KraftCluster, newCommon } from '../state.ts';

const FIRST_EPOCH = 1;

/** A node's part in a cluster that keeps its metadata itself. */
export function newKraftCluster(node: number, x: Context): KraftCluster {
  const kraft = x.booting ? bootedNode(node, x) : startKraftNode(node, voters(x), settings(x), x.now, drawOf(x));
  return { type: 'kraft', ...newCommon(!x.booting), kraft, wakeAt: 0, incarnation: '', refusals: 0, previousEpoch: -1 };
}

/** Node ids of the controllers. */
function voters(x: Context): readonly number[] {
  const all = [...brokersOf(x.wiring)];
  return all.filter(([, { id }]) => x.config<BrokerConfig>(id).roles !== 'broker').map(([node]) => node);
}

function settings(x: Context): KraftNodeSettings {
  const config = x.config<BrokerConfig>(x.wiring.self.id);
  const features = clusterFeatures(x.wiring);
  return {
    sessionTimeout: fromMillis(config.sessionTimeoutMillis),
    eligibleLeaderReplicas: features.hasElr,
    raisesEpochOnIsrShrink: false,
    numPartitions: 1,
    defaultReplicationFactor: 1,
    minInsyncReplicas: 1,
    uncleanLeaderElection: false,
    autoLeaderRebalance: config.autoRebalance,
    balanceInterval: fromMillis(config.rebalanceCheckMillis),
    uncleanInterval: fromMillis(300_000),
    quorum: {
      electionTimeout: fromMillis(1_000),
      fetchTimeout: fromMillis(2_000),
      electionBackoffMax: fromMillis(1_000),
      backoffBase: fromMillis(100),
      requestTimeout: fromMillis(2_000),
      retryBackoff: fromMillis(20),
      fetchMaxWait: fromMillis(500),
      fetchAwaitsHighWatermark: features.hasElr,
    },
  };
}

/** A member of a quorum that has long been at work: its first controller leads, everyone has all that was written. */
function bootedNode(node: number, x: Context): KraftNode {
  const records = firstRecords(x);
  const all = voters(x);
  const leader = all[0] ?? node;
  const log = [{ baseOffset: 0, epoch: FIRST_EPOCH, records }];
  const started = startKraftNode(node, all, settings(x), x.now, drawOf(x), {
    epoch: FIRST_EPOCH,
    votedFor: undefined,
    leaderId: leader,
    log,
  });
  const { quorum } = started;
  quorum.highWatermark = records.length;
  quorum.leaderId = leader;
  started.committed = applyRecords(emptyImage(), records);
  if (node === leader) {
    const { fetchTimeout } = quorum.settings;
    const others = all.filter((id) => id !== node);
    quorum.role = {
      ...{ name: 'leader', epochStart: 0, ends: new Map(others.map((id) => [id, records.length])), fetched: [], parked: [] },
      ...{ checkQuorumAt: x.now + Math.floor(fetchTimeout * 1.5), beginAgainAt: Number.MAX_SAFE_INTEGER },
    };
  }
  return started;
}
