import { micros } from '../../../../base/index.ts';
import type { Context, Frame } from '../../../../engine/index.ts';
import { topicNamed } from '../../controller/index.ts';
import type { ReadShareGroupStateResponse, WriteShareGroupStateResponse } from '../../frames.ts';
import { createSharePartition, fromSnapshot, moveLogStart, type ShareChange, snapshotOf } from '../../group/index.ts';
import { indexOf } from '../../message.ts';
import { peerWay } from '../../routes.ts';
import { answer } from '../answer.ts';
import { ensureInternal, homeOf, SHARE_TOPIC } from '../internal.ts';
import type { Broker, Replica, Return } from '../state.ts';
import { tellShare } from './facts.ts';
import { shareSettings } from './settings.ts';
import { type Need, type SharedPartition, shareKey } from './state.ts';

/*
 * A partition's leader and the share coordinator: where a group stands is read once, and every change that must outlive the
 * leader is written. One request at a time for each group and partition; what happens meanwhile goes with the next one.
 */

/** Until a share coordinator that could not be asked is asked again, in µs. */
const RETRY = micros(100_000);

/** What this leader knows of a group in a partition; it begins to find out when somebody asks first. */
export function sharedOf(broker: Broker, group: string, { tp }: Replica, x: Context): SharedPartition {
  const key = shareKey(group, tp);
  let shared = broker.shares.partitions.get(key);
  if (!shared) {
    shared = { group, tp, partition: undefined, version: 0, written: 0, isAsking: false };
    broker.shares.partitions.set(key, shared);
    askStore(broker, shared, x);
  }
  return shared;
}

/** Reads, or writes what was not written yet. */
function askStore(broker: Broker, shared: SharedPartition, x: Context): void {
  const { group, tp, partition, version } = shared;
  if (shared.isAsking || (partition && version === shared.written)) return;
  shared.isAsking = true;
  const key = shareKey(group, tp);
  ensureInternal(broker, SHARE_TOPIC, x);
  const home = homeOf(broker, SHARE_TOPIC, key);
  const node = home === undefined ? -1 : (topicNamed(broker.image, SHARE_TOPIC)?.partitions[indexOf(home)]?.leader ?? -1);
  const self = x.wiring.self.id;
  const way = node === broker.node ? { line: '', to: self } : peerWay(x.wiring, node);
  const leaderEpoch = broker.replicas.get(tp)?.leaderEpoch ?? -1;
  if (!way || broker.unreachable.has(node)) {
    x.wake({ name: 'askStore', key }, RETRY);
    return;
  }
  const correlation = broker.next++;
  broker.shares.requests.set(correlation, { node, key, version: partition ? version : -1 });
  const about = { correlation, group, tp, leaderEpoch };
  const frame = partition
    ? { verb: 'WriteShareGroupState', ...about, snapshot: snapshotOf(partition) }
    : { verb: 'ReadShareGroupState', ...about };
  x.send(self, way.to, way.line, frame as Frame);
}

export function askStoreAgain(broker: Broker, key: string, x: Context): void {
  const shared = broker.shares.partitions.get(key);
  if (!shared) return;
  shared.isAsking = false;
  askStore(broker, shared, x);
}

/** After these the share coordinator has to be looked for. */
const PASSING = new Set(['NOT_COORDINATOR', 'COORDINATOR_NOT_AVAILABLE']);

export function hearStore(broker: Broker, response: ReadShareGroupStateResponse | WriteShareGroupStateResponse, x: Context): void {
  const { requests, partitions } = broker.shares;
  const request = requests.get(response.correlation);
  if (!request) return;
  requests.delete(response.correlation);
  const shared = partitions.get(request.key);
  if (!shared) return;
  if (PASSING.has(response.error)) {
    x.wake({ name: 'askStore', key: request.key }, RETRY);
    return;
  }
  // A newer leader is at work: this one will hear of it.
  if (response.error !== '') return;
  shared.isAsking = false;
  if (response.verb === 'ReadShareGroupStateResponse') begin(broker, shared, response.snapshot, x);
  else shared.written = Math.max(shared.written, request.version);
  askStore(broker, shared, x);
  flush(broker, x);
}

function begin(broker: Broker, shared: SharedPartition, snapshot: ReadShareGroupStateResponse['snapshot'], x: Context): void {
  const replica = broker.replicas.get(shared.tp);
  if (!replica || shared.partition) return;
  const { logStartOffset, highWatermark } = replica.log;
  const reset = shareSettings(shared.group, x).reset === 'earliest' ? logStartOffset : highWatermark;
  shared.partition = snapshot ? fromSnapshot(snapshot) : createSharePartition(reset);
  moveLogStart(shared.partition, logStartOffset);
  broker.stirred.add(shared.tp);
}

/** Something has happened to records of a group: it is told and written down, and whoever waits may get them now. */
export function settleShare(broker: Broker, shared: SharedPartition, changes: readonly ShareChange[], x: Context): void {
  if (changes.length === 0) return;
  tellShare(broker, shared, changes, x);
  shared.version++;
  askStore(broker, shared, x);
  broker.stirred.add(shared.tp);
}

/** Answers as soon as the share coordinator has what the answer says. */
export function answerWhenWritten(broker: Broker, needs: readonly Need[], back: Return, frame: Frame, x: Context): void {
  if (needs.every((need) => isWritten(broker, need))) answer(back, frame, x);
  else broker.shares.replies = [...broker.shares.replies, { needs, back, frame }];
}

function isWritten(broker: Broker, { key, version }: Need): boolean {
  return (broker.shares.partitions.get(key)?.written ?? -1) >= version;
}

function flush(broker: Broker, x: Context): void {
  const { shares } = broker;
  const ready = shares.replies.filter(({ needs }) => needs.every((need) => isWritten(broker, need)));
  if (ready.length === 0) return;
  shares.replies = shares.replies.filter((reply) => !ready.includes(reply));
  for (const { back, frame } of ready) answer(back, frame, x);
}

/** The partition is led by another broker: what its groups have there is that one's matter. */
export function dropShares(broker: Broker, tp: string, x: Context): void {
  const { shares } = broker;
  const gone = new Set([...shares.partitions.values()].filter((shared) => shared.tp === tp).map(({ group }) => shareKey(group, tp)));
  if (gone.size === 0) return;
  for (const key of gone) shares.partitions.delete(key);
  const lost = shares.replies.filter(({ needs }) => needs.some(({ key }) => gone.has(key)));
  shares.replies = shares.replies.filter((reply) => !lost.includes(reply));
  for (const { back, frame } of lost) answer(back, { ...frame, error: 'NOT_LEADER_OR_FOLLOWER' } as Frame, x);
}

/** A share coordinator can't be reached: what was asked of it is asked again. */
export function storeLost(broker: Broker, node: number, x: Context): void {
  const { requests } = broker.shares;
  for (const [correlation, request] of [...requests]) {
    if (request.node !== node) continue;
    requests.delete(correlation);
    x.wake({ name: 'askStore', key: request.key }, RETRY);
  }
}
