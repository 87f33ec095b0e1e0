import type { Json, JsonObject } from '../../../../base/index.ts';
import { partitionFromName, partitionName } from '../../../../protocols/kafka/assign/index.ts';
import {
  brokerAssignors,
  type Coordinator,
  type CoordinatorEnv,
  commitOffsets,
  consumerGroupHeartbeat,
  createCoordinator,
  expire,
  type ModernGroup,
  type ModernHeartbeatRequest,
  nextDeadline,
  type Partitions,
  simpleShareAssignor,
} from '../../../../protocols/kafka/group/index.ts';
import { numberIn, objectIn, objectsIn, textIn, textsOf } from '../read.ts';
import { difference } from './difference.ts';

/* Traces of groups of the consumer protocol; topics are told in the configuration as `topic t partitions`. */
const GROUP = 'g';
const MAX = Number.MAX_SAFE_INTEGER;

export function playConsumerTrace(data: JsonObject): string | undefined {
  const env = environment(objectIn(data, 'config'));
  const coordinator = createCoordinator();
  for (const [i, step] of objectsIn(data, 'steps').entries()) {
    const differs = playStep(coordinator, env, step, `step ${i} (${textIn(step, 'op')} at ${numberIn(step, 't')})`);
    if (differs !== undefined) return differs;
  }
  return undefined;
}

function environment(config: JsonObject): CoordinatorEnv {
  const topics = new Map<string, number>();
  for (const [field, value] of Object.entries(config)) {
    const topic = field.match(/^topic (.+) partitions$/)?.[1];
    if (topic !== undefined) topics.set(topic, typeof value === 'number' ? value : 0);
  }
  const names = textIn(config, 'assignor') === 'range' ? (['range', 'uniform'] as const) : (['uniform', 'range'] as const);
  for (const [topic, value] of Object.entries(objectIn(config, 'topics'))) if (typeof value === 'number') topics.set(topic, value);
  const timing = {
    sessionTimeout: numberIn(config, 'group.consumer.session.timeout.ms') ?? 45_000,
    heartbeatInterval: numberIn(config, 'group.consumer.heartbeat.interval.ms') ?? 5_000,
    maxSize: numberIn(config, 'group.consumer.max.size') ?? MAX,
    assignmentInterval: numberIn(config, 'group.consumer.assignment.interval.ms') ?? 0,
  };
  const classic = { initialRebalanceDelay: 0, newMemberJoinTimeout: MAX, maxSize: MAX, minSessionTimeout: 0, maxSessionTimeout: MAX };
  return {
    classic,
    consumer: { config: timing, topics, assignors: brokerAssignors(names) },
    share: { config: timing, topics, assignors: new Map([['simple', simpleShareAssignor]]) },
    offsetsRetention: MAX,
  };
}

function playStep(coordinator: Coordinator, env: CoordinatorEnv, step: JsonObject, where: string): string | undefined {
  const now = numberIn(step, 't') ?? 0;
  const op = textIn(step, 'op');
  if (op === 'advanceClock') {
    if (nextDeadline(coordinator) <= now) expire(coordinator, env, now);
  } else if (op === 'ConsumerGroupHeartbeat') {
    const { answers } = consumerGroupHeartbeat(coordinator, GROUP, requestOf(objectIn(step, 'params')), env, now);
    const answer = answers[0];
    if (answer?.api !== 'ConsumerGroupHeartbeat') return `${where}: no answer`;
    const { error, memberEpoch, heartbeatInterval, assignment } = answer.response;
    const told = { error, memberEpoch: memberEpoch ?? null, heartbeatIntervalMs: heartbeatInterval ?? null };
    const got = error === 'NONE' ? { ...told, assignment: assignment ? namesOf(assignment) : null } : { error };
    const differs = difference(`${where} response`, step.response, got);
    if (differs !== undefined) return differs;
  } else if (op === 'OffsetCommit') {
    const error = commitOf(coordinator, env, objectIn(step, 'params'), now);
    const differs = difference(`${where} response`, step.response, typeof step.response === 'string' ? error : { error });
    if (differs !== undefined) return differs;
  } else return `${where}: ${op} is unknown`;
  const group = coordinator.groups.get(GROUP);
  if (group?.kind === 'consumer') return difference(`${where} group`, step.group, asGroup(group));
  return typeof step.group === 'object' && step.group !== null ? `${where}: there is no group` : undefined;
}

function commitOf(coordinator: Coordinator, env: CoordinatorEnv, params: JsonObject, now: number): string {
  const generation = numberIn(params, 'memberEpoch') ?? numberIn(params, 'generation') ?? -1;
  const offsets = [{ topic: 't', partition: 0, offset: numberIn(params, 'offset') ?? 0 }];
  const request = { token: 0, groupId: GROUP, memberId: textIn(params, 'member') ?? '', generation, offsets };
  return commitOffsets(coordinator, request, env, now).answers[0]?.response.error ?? 'NONE';
}

function requestOf(params: JsonObject): ModernHeartbeatRequest {
  const memberId = textIn(params, 'member') ?? '';
  const instanceId = textIn(params, 'instanceId');
  const rackId = textIn(params, 'rackId');
  const rebalanceTimeout = numberIn(params, 'rebalanceTimeoutMs');
  const serverAssignor = textIn(params, 'serverAssignor');
  return {
    token: 0,
    memberId,
    newMemberId: memberId,
    clientId: 'client',
    memberEpoch: numberIn(params, 'memberEpoch') ?? 0,
    ...(instanceId === undefined ? {} : { instanceId }),
    ...(rackId === undefined ? {} : { rackId }),
    ...(rebalanceTimeout === undefined ? {} : { rebalanceTimeout }),
    ...(serverAssignor === undefined ? {} : { serverAssignor }),
    ...(Array.isArray(params.subscribedTopicNames) ? { subscribedTopics: textsOf(params.subscribedTopicNames) } : {}),
    ...(Array.isArray(params.ownedPartitions)
      ? { ownedPartitions: textsOf(params.ownedPartitions).flatMap((name) => partitionFromName(name) ?? []) }
      : {}),
  };
}

function namesOf(partitions: Partitions): Json {
  return partitions.map(partitionName);
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
