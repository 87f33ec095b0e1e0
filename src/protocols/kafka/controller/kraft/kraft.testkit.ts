import {
  activateController,
  applyRecords,
  type ControllerRequest,
  emptyImage,
  handleControllerRequest,
  type KraftController,
  type KraftSettings,
  type MetadataRecord,
  type PartitionRegistration,
  partitionOf,
} from '../index.ts';

export const SETTINGS: KraftSettings = {
  sessionTimeout: 9_000,
  eligibleLeaderReplicas: false,
  raisesEpochOnIsrShrink: false,
  numPartitions: 1,
  defaultReplicationFactor: 1,
  minInsyncReplicas: 1,
  uncleanLeaderElection: false,
};

/** A controller with living brokers (epoch = id) and one topic `t`. */
export function clusterWith(brokers: readonly number[], replicas: readonly (readonly number[])[], settings = SETTINGS): KraftController {
  const controller = activateController(settings, emptyImage(), 0);
  apply(
    controller,
    brokers.map((id) => ({
      type: 'RegisterBrokerRecord',
      brokerId: id,
      brokerEpoch: id,
      incarnationId: `first-${id}`,
      fenced: false,
      inControlledShutdown: false,
    })),
  );
  for (const id of brokers) controller.sessions.set(id, { lastContact: 0, metadataOffset: 100, controlledShutdownOffset: -1 });
  ask(controller, { type: 'CreateTopic', name: 't', assignments: replicas });
  return controller;
}

export function apply(controller: KraftController, records: readonly MetadataRecord[]): void {
  controller.image = applyRecords(controller.image, records);
}

export function ask(controller: KraftController, request: ControllerRequest, now = 0, writeOffset = 1_000) {
  const { records, answer } = handleControllerRequest(controller, request, writeOffset, now, () => 0);
  apply(controller, records);
  return answer;
}

export function partition(controller: KraftController, index = 0): PartitionRegistration {
  const found = partitionOf(controller.image, 't', index);
  if (!found) throw new Error('no such partition');
  return found;
}

/** The leader asks for another ISR, with the epochs that it should have. */
export function alterIsr(controller: KraftController, newIsr: readonly number[], index = 0): string {
  const { leader, leaderEpoch, partitionEpoch } = partition(controller, index);
  const brokerEpoch = controller.image.brokers.get(leader)?.epoch ?? -1;
  const wish = { topic: 't', partition: index, leaderEpoch, partitionEpoch, newIsr };
  const answer = ask(controller, { type: 'AlterPartition', brokerId: leader, brokerEpoch, partitions: [wish] });
  return answer.partitions?.[0]?.error ?? answer.error;
}
