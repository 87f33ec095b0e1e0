import type { BrokerId } from '../image.ts';
import { EMPTY_BATCH, type Known, keyOf, type ZkController } from './context.ts';
import type { ControlledPartition, ControlRequest } from './requests.ts';
import type { Run } from './tasks.ts';

function asSent({ hasLeadership: _, ...partition }: Known): ControlledPartition {
  return partition;
}

/** The brokers lead or follow this partition from now on; all others learn of it, too. */
export function addLeaderAndIsr(state: ZkController, brokers: readonly BrokerId[], known: Known, isNew: boolean): void {
  const key = keyOf(known);
  const leaderAndIsr = new Map(state.batch.leaderAndIsr);
  for (const id of brokers.filter((broker) => broker >= 0)) {
    const before = leaderAndIsr.get(id);
    const wasNew = before?.get(key)?.isNew ?? false;
    leaderAndIsr.set(id, new Map(before).set(key, { ...asSent(known), isNew: isNew || wasNew }));
  }
  state.batch = { ...state.batch, leaderAndIsr };
  addUpdateMetadata(state, [...state.brokers.keys()], [known]);
}

export function addStopReplica(state: ZkController, broker: BrokerId, known: Known, deletePartition: boolean): void {
  const key = keyOf(known);
  const stop = new Map(state.batch.stop);
  const before = stop.get(broker);
  const { topic, partition, leaderEpoch } = known;
  const both = deletePartition || (before?.get(key)?.deletePartition ?? false);
  stop.set(broker, new Map(before).set(key, { topic, partition, leaderEpoch, deletePartition: both }));
  state.batch = { ...state.batch, stop };
}

export function addUpdateMetadata(state: ZkController, brokers: readonly BrokerId[], partitions: readonly Known[]): void {
  const updatePartitions = new Map(state.batch.updatePartitions);
  for (const known of partitions) if (known.hasLeadership) updatePartitions.set(keyOf(known), asSent(known));
  const updateBrokers = [...new Set([...state.batch.updateBrokers, ...brokers])];
  state.batch = { ...state.batch, updatePartitions, updateBrokers };
}

/** Sends what has gathered to the brokers that are alive: LeaderAndIsr, UpdateMetadata, StopReplica. */
export function flush(run: Run): void {
  const { state, effects } = run;
  const { leaderAndIsr, stop, updateBrokers, updatePartitions } = state.batch;
  const send = (to: BrokerId, make: (from: Omit<ControlRequest, 'type' | 'partitions' | 'liveBrokers'>) => ControlRequest): void => {
    const broker = state.brokers.get(to);
    if (!broker) return;
    const from = { controllerId: state.settings.brokerId, controllerEpoch: state.epoch, brokerEpoch: broker.epoch };
    effects.push({ type: 'request', to, request: make(from) });
  };
  const liveBrokers = [...state.brokers.values()].map(({ id, rack }) => ({ id, rack })).sort((a, b) => a.id - b.id);
  for (const [to, partitions] of leaderAndIsr)
    send(to, (from) => ({ type: 'LeaderAndIsr', ...from, partitions: [...partitions.values()] }));
  for (const to of updateBrokers)
    send(to, (from) => ({ type: 'UpdateMetadata', ...from, liveBrokers, partitions: [...updatePartitions.values()] }));
  for (const [to, partitions] of stop) send(to, (from) => ({ type: 'StopReplica', ...from, partitions: [...partitions.values()] }));
  state.batch = EMPTY_BATCH;
}
