import type { Json, JsonObject } from '../../../../base/index.ts';
import {
  type Coordinator,
  type CoordinatorEnv,
  consumerGroupHeartbeat,
  createCoordinator,
  expire,
  type ModernGroup,
  type ModernHeartbeatRequest,
  nextDeadline,
  type Partitions,
  simpleShareAssignor,
  type TargetAssignor,
  type TopicPartition,
} from '../../../../protocols/kafka/group/index.ts';
import { difference, listOf, numberOf, objectOf, textOf, textsOf } from './read.ts';

/* Traces of groups of the consumer protocol; topics are told in the configuration as `topic t partitions`. */
const GROUP = 'g';
const MAX = Number.MAX_SAFE_INTEGER;

export function playConsumerTrace(data: JsonObject): string | undefined {
  const env = environment(objectOf(data.config));
  const coordinator = createCoordinator();
  for (const [i, raw] of listOf(data.steps).entries()) {
    const step = objectOf(raw);
    const differs = playStep(coordinator, env, step, `step ${i} (${textOf(step.op)} at ${numberOf(step.t)})`);
    if (differs !== undefined) return differs;
  }
  return undefined;
}

function environment(config: JsonObject): CoordinatorEnv {
  const topics = new Map<string, number>();
  for (const [field, value] of Object.entries(config)) {
    const topic = field.match(/^topic (.+) partitions$/)?.[1];
    if (topic !== undefined) topics.set(topic, numberOf(value) ?? 0);
  }
  const timing = {
    sessionTimeout: numberOf(config['group.consumer.session.timeout.ms']) ?? 45_000,
    heartbeatInterval: numberOf(config['group.consumer.heartbeat.interval.ms']) ?? 5_000,
    maxSize: numberOf(config['group.consumer.max.size']) ?? MAX,
    assignmentInterval: numberOf(config['group.consumer.assignment.interval.ms']) ?? 0,
  };
  const classic = { initialRebalanceDelay: 0, newMemberJoinTimeout: MAX, maxSize: MAX, minSessionTimeout: 0, maxSessionTimeout: MAX };
  return {
    classic,
    consumer: { config: timing, topics, assignors: assignorsFrom(textOf(config.assignor) ?? 'uniform') },
    share: { config: timing, topics, assignors: new Map([['simple', simpleShareAssignor]]) },
    offsetsRetention: MAX,
  };
}

function playStep(coordinator: Coordinator, env: CoordinatorEnv, step: JsonObject, where: string): string | undefined {
  const now = numberOf(step.t) ?? 0;
  const op = textOf(step.op);
  if (op === 'advanceClock') {
    if (nextDeadline(coordinator) <= now) expire(coordinator, env, now);
  } else if (op === 'ConsumerGroupHeartbeat') {
    const { answers } = consumerGroupHeartbeat(coordinator, GROUP, requestOf(objectOf(step.params)), env, now);
    const answer = answers[0];
    if (answer?.api !== 'ConsumerGroupHeartbeat') return `${where}: no answer`;
    const { error, memberEpoch, heartbeatInterval, assignment } = answer.response;
    const told = { error, memberEpoch: memberEpoch ?? null, heartbeatIntervalMs: heartbeatInterval ?? null };
    const got = error === 'NONE' ? { ...told, assignment: assignment ? namesOf(assignment) : null } : { error };
    const differs = difference(`${where} response`, step.response, got);
    if (differs !== undefined) return differs;
  } else return `${where}: ${op} is unknown`;
  const group = coordinator.groups.get(GROUP);
  if (group?.kind === 'consumer') return difference(`${where} group`, step.group, asGroup(group));
  return typeof step.group === 'object' && step.group !== null ? `${where}: there is no group` : undefined;
}

function requestOf(params: JsonObject): ModernHeartbeatRequest {
  const memberId = textOf(params.member) ?? '';
  const instanceId = textOf(params.instanceId);
  const rackId = textOf(params.rackId);
  const rebalanceTimeout = numberOf(params.rebalanceTimeoutMs);
  const serverAssignor = textOf(params.serverAssignor);
  return {
    token: 0,
    memberId,
    newMemberId: memberId,
    clientId: 'client',
    memberEpoch: numberOf(params.memberEpoch) ?? 0,
    ...(instanceId === undefined ? {} : { instanceId }),
    ...(rackId === undefined ? {} : { rackId }),
    ...(rebalanceTimeout === undefined ? {} : { rebalanceTimeout }),
    ...(serverAssignor === undefined ? {} : { serverAssignor }),
    ...(Array.isArray(params.subscribedTopicNames) ? { subscribedTopics: textsOf(params.subscribedTopicNames) } : {}),
    ...(Array.isArray(params.ownedPartitions) ? { ownedPartitions: textsOf(params.ownedPartitions).map(partitionOf) } : {}),
  };
}

function partitionOf(name: string): TopicPartition {
  const hyphen = name.lastIndexOf('-');
  return { topic: name.slice(0, hyphen), partition: Number(name.slice(hyphen + 1)) };
}

function namesOf(partitions: Partitions): Json {
  return partitions.map((at) => `${at.topic}-${at.partition}`);
}

function asGroup(group: ModernGroup): Json {
  const members: { [memberId: string]: Json } = {};
  for (const member of group.members.values())
    members[member.memberId] = {
      memberEpoch: member.memberEpoch,
      previousMemberEpoch: member.previousMemberEpoch,
      memberState: member.state,
      assigned: namesOf(member.assigned),
      pendingRevocation: namesOf(member.pendingRevocation),
      target: namesOf(group.target.get(member.memberId) ?? []),
    };
  return { state: group.state, groupEpoch: group.epoch, targetAssignmentEpoch: group.targetEpoch, members };
}

/** Stands in until the brokers' own assignors are there. */
function assignorsFrom(first: string): ReadonlyMap<string, TargetAssignor> {
  return new Map([[first, simpleShareAssignor]]);
}
