import type { Json, JsonObject } from '../../../base/index.ts';
import {
  activateController,
  applyRecords,
  beginControlledShutdown,
  type ControllerRequest,
  emptyImage,
  fenceBroker,
  handleControllerRequest,
  type KraftController,
  type KraftSettings,
  type MetadataImage,
  type MetadataRecord,
  type PartitionRegistration,
  topicNamed,
  unfenceBroker,
} from '../../../protocols/kafka/controller/index.ts';
import { differs, int, ints, list, object, text } from './controllerRead.ts';

const TOPIC = 't';

/** Plays a trace of the KRaft controller: each event's records are applied, then every partition must look as recorded. */
export function playLeadership(data: JsonObject): string | undefined {
  const config = object(data.config);
  const steps = list(data.steps).map(object);
  const controller = controllerOf(config, ints(steps[0]?.fencedBrokers));
  for (const [i, step] of steps.entries()) {
    const outcome = perform(controller, config, step);
    if (typeof outcome === 'string') return `step ${i}: ${outcome}`;
    const { records, error } = outcome;
    controller.image = applyRecords(controller.image, records);
    const wrong =
      differs('error', error, step.response === undefined ? error : text(object(step.response).error)) ??
      differs('fenced brokers', fencedBrokers(controller.image), step.fencedBrokers ?? []) ??
      differs('partitions', partitionsOf(controller.image), step.partitions ?? {});
    if (wrong) return `step ${i} (${text(step.event)}): ${wrong}`;
  }
  return undefined;
}

function controllerOf(config: JsonObject, fenced: readonly number[]): KraftController {
  const settings: KraftSettings = {
    sessionTimeout: 9_000,
    eligibleLeaderReplicas: config.eligibleLeaderReplicas === true,
    raisesEpochOnIsrShrink: false,
    numPartitions: 1,
    defaultReplicationFactor: 1,
    minInsyncReplicas: 1,
    uncleanLeaderElection: false,
  };
  const registrations = ints(config.brokers).map(
    (brokerId): MetadataRecord => ({
      type: 'RegisterBrokerRecord',
      brokerId,
      brokerEpoch: brokerId,
      incarnationId: `${brokerId}`,
      fenced: fenced.includes(brokerId),
      inControlledShutdown: false,
    }),
  );
  return activateController(settings, applyRecords(emptyImage(), registrations), 0);
}

interface Performed {
  readonly records: readonly MetadataRecord[];
  readonly error: string;
}

function perform(controller: KraftController, config: JsonObject, step: JsonObject): Performed | string {
  const { image, settings } = controller;
  const params = object(step.params);
  const broker = int(params.broker);
  const event = text(step.event).split('(')[0];
  switch (event) {
    case 'brokerFenced':
      return { records: fenceBroker(image, settings, broker), error: 'NONE' };
    case 'brokerUnfenced':
      return { records: unfenceBroker(image, settings, broker), error: 'NONE' };
    case 'brokerControlledShutdownRequested':
      return { records: beginControlledShutdown(image, settings, broker), error: 'NONE' };
    default: {
      const request = requestOf(image, event ?? '', config, step);
      return request ? ask(controller, request) : `unknown event ${event}`;
    }
  }
}

function requestOf(image: MetadataImage, event: string, config: JsonObject, step: JsonObject): ControllerRequest | undefined {
  const params = object(step.params);
  switch (event) {
    case 'createTopic': {
      const configs = Object.fromEntries(Object.entries(object(config.topicConfigs)).map(([name, value]) => [name, text(value)]));
      return { type: 'CreateTopic', name: TOPIC, assignments: list(config.replicas).map(ints), configs };
    }
    case 'CreatePartitions': {
      // Where the recorded run put them is not told beforehand: chance decided.
      const count = int(params.count);
      const present = topicNamed(image, TOPIC)?.partitions.length ?? 0;
      const placed = Array.from({ length: count - present }, (_, i) => object(object(step.partitions)[`${TOPIC}-${present + i}`]));
      return { type: 'CreatePartitions', topic: TOPIC, count, assignments: placed.map(({ replicas }) => ints(replicas)) };
    }
    case 'ElectLeaders': {
      const election = text(params.type) === 'UNCLEAN' ? 'UNCLEAN' : 'PREFERRED';
      return { type: 'ElectLeaders', election, partitions: [{ topic: TOPIC, partition: int(params.partition) }] };
    }
    case 'AlterPartition': {
      const { partition, leaderEpoch, partitionEpoch, newIsr, fromBroker } = params;
      const wish = { topic: TOPIC, partition: int(partition), leaderEpoch: int(leaderEpoch), partitionEpoch: int(partitionEpoch) };
      const leaderRecoveryState = text(params.leaderRecoveryState) === 'RECOVERING' ? 'RECOVERING' : 'RECOVERED';
      const partitions = [{ ...wish, newIsr: ints(newIsr), leaderRecoveryState } as const];
      return { type: 'AlterPartition', brokerId: int(fromBroker), brokerEpoch: int(fromBroker), partitions };
    }
    default:
      return undefined;
  }
}

function ask(controller: KraftController, request: ControllerRequest): Performed {
  const { records, answer } = handleControllerRequest(controller, request, 0, 0, () => 0);
  return { records, error: (answer.partitions ?? answer.results)?.[0]?.error ?? answer.error };
}

function fencedBrokers(image: MetadataImage): readonly number[] {
  return [...image.brokers.values()].filter(({ fenced }) => fenced).map(({ id }) => id);
}

function partitionsOf(image: MetadataImage): JsonObject {
  const partitions = topicNamed(image, TOPIC)?.partitions ?? [];
  return Object.fromEntries(partitions.map((partition, i) => [`${TOPIC}-${i}`, view(partition)]));
}

/** A partition as the traces write it: only what is not empty. */
function view(partition: PartitionRegistration): Json {
  const { replicas, leader, leaderEpoch, isr, partitionEpoch, elr, lastKnownElr, addingReplicas, removingReplicas } = partition;
  const listed = { elr, lastKnownLeader: lastKnownElr, addingReplicas, removingReplicas };
  return {
    replicas,
    leader,
    leaderEpoch,
    isr,
    partitionEpoch,
    ...Object.fromEntries(Object.entries(listed).filter(([, ids]) => ids.length > 0)),
    ...(partition.leaderRecoveryState === 'RECOVERING' && { leaderRecoveryState: 'RECOVERING' }),
  };
}
