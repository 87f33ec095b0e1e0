import type { PartId } from '../../../base/index.ts';
import { type Badge, type Description, keptIn, type Lane, type PartView, type Pointer, type Wiring } from '../../../engine/index.ts';
import { GROUP } from '../kinds.ts';
import { chunksOf, lastStableOffset } from '../log/index.ts';
import { brokersOf, servingBrokers } from '../routes.ts';
import { clusterWay } from './cluster/index.ts';
import { groupView } from './describeGroups.ts';
import { metadataTable } from './describeMetadata.ts';
import { coordinatedHere, sharePointers } from './describeShares.ts';
import { waitingByPart, waitingTable } from './describeWaiting.ts';
import { drawnTopics } from './places.ts';
import type { Broker, Replica } from './state.ts';

type Row = readonly (string | number | boolean)[];

/** What stage and inspector show of a broker: itself, the lanes of its replicas, the groups that it coordinates. */
export function describe(broker: Broker, wiring: Wiring): Description {
  const views = new Map<PartId, PartView>([[wiring.self.id, brokerView(broker, wiring)]]);
  const byTopic = new Map<string, Replica[]>();
  for (const replica of broker.replicas.values()) {
    const known = byTopic.get(replica.topic);
    if (known) known.push(replica);
    else byTopic.set(replica.topic, [replica]);
  }
  for (const [name, part] of drawnTopics({ wiring }))
    views.set(part.id, topicView(broker, byTopic.get(name) ?? [], sharePointers(broker, name, wiring)));
  for (const part of wiring.partsOf(GROUP)) {
    const view = groupView(broker, part.id, part.name, wiring);
    if (view) views.set(part.id, view);
  }
  for (const [id, waiting] of waitingByPart(broker)) {
    const view = views.get(id);
    if (view) views.set(id, { ...view, waiting });
  }
  return views;
}

/** Who decides for the cluster, and what only decides. */
function badgesOf(broker: Broker, wiring: Wiring, role: string): readonly Badge[] {
  const isControllerOnly = !servingBrokers(wiring).has(broker.node);
  // One that is alone decides anyway.
  const isElected = role === 'activeController' && brokersOf(wiring).size > 1;
  return [
    ...(isControllerOnly ? [{ key: 'controllerOnly', as: 'kind' } as const] : []),
    ...(isElected ? [{ key: role, as: 'office' } as const] : []),
  ];
}

function brokerView(broker: Broker, wiring: Wiring): PartView {
  const told = [...broker.replicas.values()].filter(({ topic }) => !topic.startsWith('__'));
  const leading = told.filter(({ lead }) => lead !== undefined);
  const way = clusterWay(broker);
  const role = way.role(broker);
  return {
    status: broker.cluster.isFenced ? 'blocked' : 'up',
    badges: badgesOf(broker, wiring, role),
    figures: [
      { key: 'nodeId', value: broker.node },
      { key: 'clusterRole', value: role },
      { key: 'leading', value: leading.length },
      { key: 'following', value: told.length - leading.length },
      { key: 'produced', value: broker.produced },
      { key: 'fetched', value: broker.fetched },
      ...way.figures(broker),
      ...(broker.cluster.isFenced ? [{ key: 'fenced', value: true }] : []),
    ],
    details: [
      { key: 'replicas', columns: ['partition', 'role', 'leader', 'epoch', 'highWatermark', 'logEnd'], rows: told.map(replicaRow) },
      waitingTable(broker),
      ...coordinatedHere(broker),
      metadataTable(broker),
    ].filter(({ rows }) => rows.length > 0),
  };
}

function roleOf(replica: Replica): string {
  return replica.lead ? 'leader' : replica.leaderNode < 0 ? 'offline' : 'follower';
}

function replicaRow(replica: Replica): Row {
  const { tp, leaderNode, leaderEpoch, log } = replica;
  return [tp, roleOf(replica), leaderNode, leaderEpoch, log.highWatermark, log.logEndOffset];
}

function topicView(broker: Broker, replicas: readonly Replica[], pointers: readonly Pointer[]): PartView {
  const sorted = [...replicas].sort((a, b) => a.index - b.index);
  const rows = sorted.map((replica): Row => {
    const registration = registered(broker, replica);
    return [
      replica.index,
      roleOf(replica),
      replica.leaderNode,
      registration.join(','),
      replica.log.logStartOffset,
      replica.log.highWatermark,
      replica.log.logEndOffset,
    ];
  });
  const lanes = sorted.map((replica) => laneOf(broker, replica));
  return {
    status: 'up',
    lanes,
    ...(pointers.length > 0 ? { pointers } : {}),
    figures: [
      { key: 'partitions', value: sorted.length },
      { key: 'leading', value: sorted.filter(({ lead }) => lead).length },
      { key: 'records', value: lanes.reduce((sum, lane) => sum + lane.kept, 0) },
    ],
    details: [{ key: 'partitions', columns: ['partition', 'role', 'leader', 'isr', 'logStart', 'highWatermark', 'logEnd'], rows }],
  };
}

function registered(broker: Broker, { topic, index, lead }: Replica): readonly number[] {
  if (lead) return lead.isr;
  const id = broker.image.topicIds.get(topic);
  return (id === undefined ? undefined : broker.image.topics.get(id)?.partitions[index]?.isr) ?? [];
}

function laneOf(broker: Broker, replica: Replica): Lane {
  const { log, index } = replica;
  const stable = lastStableOffset(log);
  const chunks = chunksOf(log);
  const start = log.logStartOffset;
  const isInSync = registered(broker, replica).includes(broker.node);
  return {
    key: String(index),
    role: replica.lead ? 'leader' : replica.leaderNode < 0 ? 'offline' : isInSync ? 'follower' : 'outOfSync',
    isLeader: replica.lead !== undefined,
    start,
    end: log.logEndOffset,
    chunks,
    kept: keptIn({ start, chunks }),
    marks: [
      // Where readers of committed records stand still before an open transaction.
      ...(stable < log.highWatermark ? [{ key: 'lastStable', at: stable }] : []),
      { key: 'highWatermark', at: log.highWatermark },
      { key: 'logEnd', at: log.logEndOffset },
    ],
  };
}
