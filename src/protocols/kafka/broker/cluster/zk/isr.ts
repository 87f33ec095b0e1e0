import { micros } from '../../../../../base/index.ts';
import type { Context } from '../../../../../engine/index.ts';
import {
  type AlterPartition,
  type AlterPartitionAnswer,
  decodeState,
  encodePartitions,
  encodeState,
  partitionOf,
  sameIds,
  statePath,
  type ZkAnswer,
  ZNODES,
} from '../../../controller/index.ts';
import { indexOf, partitionName, topicOf } from '../../../message.ts';
import type { Broker } from '../../state.ts';
import { answered } from '../answers.ts';
import { zkOf } from '../state.ts';
import { askZooKeeper } from './client.ts';

/*
 * Before 2.7 a leader wrote its ISR into the partition's state znode itself, and left a notice for the controller: that one
 * tells all others. Source: ReplicationUtils, ReplicaManager.maybePropagateIsrChanges.
 */

/** How often it is looked whether a notice is due; one is when nothing has changed for a while, or the last was long ago. */
const LOOK = micros(2_500_000);
const QUIET = 5_000_000;
const LONG_AGO = 60_000_000;

export function writeIsr(broker: Broker, ticket: number, wish: AlterPartition, x: Context): void {
  const { client, view } = zkOf(broker.cluster);
  const { topic, partition, newIsr: isr, leaderEpoch, partitionEpoch: version } = wish;
  const state = { leader: broker.node, leaderEpoch, isr, controllerEpoch: view.controllerEpoch, leaderRecoveryState: 'RECOVERED' } as const;
  askZooKeeper(
    client,
    { op: 'set', path: statePath(topic, partition), data: encodeState(state), version },
    { for: 'isr', ticket, wish },
    x,
  );
}

export function isrWritten(broker: Broker, ticket: number, wish: AlterPartition, answer: ZkAnswer, x: Context): void {
  if (answer.err === 'BAD_VERSION') {
    // Perhaps it was this broker's own write, whose answer was lost.
    const path = statePath(wish.topic, wish.partition);
    askZooKeeper(zkOf(broker.cluster).client, { op: 'get', path, watch: false }, { for: 'isrCheck', ticket, wish }, x);
  } else done(broker, ticket, wish, answer, answer.err === '', x);
}

export function isrChecked(broker: Broker, ticket: number, wish: AlterPartition, answer: ZkAnswer, x: Context): void {
  const found = answer.err === '' ? decodeState(answer.data ?? '') : undefined;
  const isOwn = found?.leader === broker.node && found.leaderEpoch === wish.leaderEpoch && sameIds(found.isr, wish.newIsr);
  done(broker, ticket, wish, answer, isOwn, x);
}

function done(broker: Broker, ticket: number, wish: AlterPartition, { stat }: ZkAnswer, isDone: boolean, x: Context): void {
  const { topic, partition, newIsr: isr, leaderEpoch } = wish;
  const known = partitionOf(broker.image, topic, partition);
  const state = known && stat && isDone ? { ...known, isr, leader: broker.node, leaderEpoch, partitionEpoch: stat.version } : undefined;
  // What the controller has changed meanwhile it will tell; until then the ISR stays as it was.
  const one: AlterPartitionAnswer = { topic, partition, error: state ? 'NONE' : 'INELIGIBLE_REPLICA', ...(state && { state }) };
  answered(broker, ticket, { error: 'NONE', partitions: [one] }, x);
  if (state) noteChange(broker, partitionName(topic, partition), x);
}

function noteChange(broker: Broker, tp: string, x: Context): void {
  const cluster = zkOf(broker.cluster);
  if (cluster.isrChanges.size === 0) x.wake({ name: 'zk.isrNotice' }, LOOK);
  cluster.isrChanges = new Set([...cluster.isrChanges, tp]);
  cluster.isrChangedAt = x.now;
}

/** Tells the controller which ISRs have changed, once they have come to rest. */
export function leaveNotice(broker: Broker, x: Context): void {
  const cluster = zkOf(broker.cluster);
  if (cluster.isrChanges.size === 0) return;
  if (cluster.isrChangedAt + QUIET >= x.now && cluster.isrToldAt + LONG_AGO >= x.now) {
    x.wake({ name: 'zk.isrNotice' }, LOOK);
    return;
  }
  const data = encodePartitions([...cluster.isrChanges].map((tp) => ({ topic: topicOf(tp), partition: indexOf(tp) })));
  cluster.isrChanges = new Set();
  cluster.isrToldAt = x.now;
  const path = `${ZNODES.isrChanges}/isr_change_`;
  askZooKeeper(cluster.client, { op: 'create', path, data, mode: 'PERSISTENT_SEQUENTIAL' }, { for: 'nothing' }, x);
}
