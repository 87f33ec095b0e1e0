import type { Context } from '../../../engine/index.ts';
import type {
  ConsumerGroupHeartbeatRequest,
  FindCoordinatorRequest,
  FindCoordinatorResponse,
  HeartbeatRequest,
  JoinGroupRequest,
  LeaveGroupRequest,
  OffsetCommitRequest,
  OffsetFetchRequest,
  OffsetFetchResponse,
  ShareGroupHeartbeatRequest,
  SyncGroupRequest,
  TxnOffsetCommitRequest,
} from '../frames.ts';
import {
  commitOffsets,
  consumerGroupHeartbeat,
  fetchOffsets,
  heartbeat,
  joinGroup,
  leaveGroup,
  type Outcome,
  shareGroupHeartbeat,
  syncGroup,
} from '../group/index.ts';
import { refusalOf } from '../log/index.ts';
import { indexOf, partitionName, topicOf } from '../message.ts';
import { answer } from './answer.ts';
import { carryOut, envOf } from './coordinators.ts';
import { brokenResponse } from './groupAnswers.ts';
import { ensureInternal, homeOf, ledHome, OFFSETS_TOPIC, TRANSACTIONS_TOPIC } from './internal.ts';
import type { Broker, Return } from './state.ts';

export type GroupRequest =
  | JoinGroupRequest
  | SyncGroupRequest
  | HeartbeatRequest
  | LeaveGroupRequest
  | OffsetCommitRequest
  | OffsetFetchRequest
  | TxnOffsetCommitRequest
  | ConsumerGroupHeartbeatRequest
  | ShareGroupHeartbeatRequest;

/** A request to a group's coordinator: refused if that is another broker. */
export function askGroup(broker: Broker, request: GroupRequest, back: Return, x: Context): void {
  const home = ledHome(broker, OFFSETS_TOPIC, request.group);
  if (!home) {
    answer(back, brokenResponse(request.verb, back.correlation, 'NOT_COORDINATOR'), x);
    return;
  }
  if (request.verb === 'OffsetFetch') {
    answerOffsets(broker, request, back, x);
    return;
  }
  const producer = request.verb === 'TxnOffsetCommit' ? request : undefined;
  const fenced = producer && refusalOf(home.log.producers.get(producer.producerId), inTransaction(producer), 'coordinator');
  if (fenced) {
    answer(back, brokenResponse(request.verb, back.correlation, fenced), x);
    return;
  }
  const token = broker.next++;
  broker.coordinators.parked.set(token, { back, group: request.group, api: request.verb });
  carryOut(broker, handOn(broker, request, token, back, x), x, back.to, producer);
}

const inTransaction = ({ producerEpoch }: TxnOffsetCommitRequest) => ({ producerEpoch, baseSequence: -1, isTransactional: true });

const ids = ({ instanceId }: { readonly instanceId: string }) => (instanceId === '' ? {} : { instanceId });

function handOn(broker: Broker, request: Exclude<GroupRequest, OffsetFetchRequest>, token: number, back: Return, x: Context): Outcome {
  const { groups } = broker.coordinators;
  const env = envOf(broker, x);
  const { now } = x;
  switch (request.verb) {
    case 'JoinGroup': {
      const { memberId, clientId, sessionTimeout, rebalanceTimeout } = request;
      const protocols = request.protocols.map(({ name, metadata }) => ({ name, metadata: { ...metadata } }));
      return joinGroup(
        groups,
        request.group,
        {
          ...{ token, memberId, newMemberId: newMemberId(broker, clientId, back, x), clientId, protocolType: 'consumer', protocols },
          ...{ sessionTimeout, rebalanceTimeout, isMemberIdRequired: broker.features.needsMemberId, ...ids(request) },
        },
        env,
        now,
      );
    }
    case 'SyncGroup': {
      const assignments = Object.entries(request.assignments).map(([memberId, assignment]) => ({ memberId, assignment }));
      const { memberId, generation } = request;
      return syncGroup(groups, request.group, { token, memberId, generation, assignments, ...ids(request) }, env, now);
    }
    case 'Heartbeat':
      return heartbeat(
        groups,
        request.group,
        { token, memberId: request.memberId, generation: request.generation, ...ids(request) },
        env,
        now,
      );
    case 'LeaveGroup':
      return leaveGroup(groups, request.group, { token, members: [{ memberId: request.memberId, ...ids(request) }] }, env, now);
    case 'OffsetCommit':
    case 'TxnOffsetCommit': {
      const offsets = Object.entries(request.offsets).map(([tp, offset]) => ({ topic: topicOf(tp), partition: indexOf(tp), offset }));
      const { group: groupId, memberId, generation } = request;
      const producer = request.verb === 'TxnOffsetCommit' ? { producerId: request.producerId } : {};
      return commitOffsets(groups, { token, groupId, memberId, generation, offsets, ...ids(request), ...producer }, env, now);
    }
    case 'ConsumerGroupHeartbeat': {
      const { memberId, memberEpoch, rebalanceTimeout, serverAssignor, rack } = request;
      const ownedPartitions = request.owned.map((tp) => ({ topic: topicOf(tp), partition: indexOf(tp) }));
      return consumerGroupHeartbeat(
        groups,
        request.group,
        {
          ...{ token, memberId, newMemberId: newMemberId(broker, back.to, back, x), memberEpoch, clientId: back.to, ownedPartitions },
          ...{ rebalanceTimeout, subscribedTopics: request.topics, serverAssignor, ...ids(request) },
          ...(rack === '' ? {} : { rackId: rack }),
        },
        env,
        now,
      );
    }
    case 'ShareGroupHeartbeat': {
      const { memberId, memberEpoch, topics } = request;
      const newId = newMemberId(broker, back.to, back, x);
      return shareGroupHeartbeat(
        groups,
        request.group,
        { token, memberId, newMemberId: newId, memberEpoch, clientId: back.to, subscribedTopics: topics },
        env,
        now,
      );
    }
  }
}

/** A member's id begins with its client's name; real ones go on with a UUID, here it is a number: ids sort like names. */
function newMemberId(broker: Broker, clientId: string, back: Return, x: Context): string {
  const name = x.wiring.part(back.to)?.name ?? clientId;
  return `${name}-${broker.next++}`;
}

function answerOffsets(broker: Broker, { group: groupId, partitions }: OffsetFetchRequest, back: Return, x: Context): void {
  const wanted = partitions.map((tp) => ({ topic: topicOf(tp), partition: indexOf(tp) }));
  const { error, offsets } = fetchOffsets(broker.coordinators.groups, {
    groupId,
    memberEpoch: -1,
    partitions: wanted,
    requireStable: true,
  });
  // An open transaction is about to change it: whoever asks shall come again.
  const isUnstable = offsets.some((one) => one.error === 'UNSTABLE_OFFSET_COMMIT');
  const known = offsets
    .filter(({ offset }) => offset >= 0)
    .map(({ topic, partition, offset }) => [partitionName(topic, partition), offset]);
  const response: OffsetFetchResponse = {
    ...{ verb: 'OffsetFetchResponse', correlation: back.correlation },
    error: error !== 'NONE' ? error : isUnstable ? 'UNSTABLE_OFFSET_COMMIT' : '',
    offsets: Object.fromEntries(known) as { readonly [tp: string]: number },
  };
  answer(back, response, x);
}

/** Which broker looks after a group, or after a producer's transactions: any broker knows. */
export function findCoordinator(broker: Broker, request: FindCoordinatorRequest, back: Return, x: Context): void {
  const name = request.keyType === 'group' ? OFFSETS_TOPIC : TRANSACTIONS_TOPIC;
  ensureInternal(broker, name, x);
  const tp = homeOf(broker, name, request.key);
  const topic = tp === undefined ? undefined : broker.image.topics.get(broker.image.topicIds.get(topicOf(tp)) ?? '');
  const node = tp === undefined ? -1 : (topic?.partitions[indexOf(tp)]?.leader ?? -1);
  const error = node < 0 ? 'COORDINATOR_NOT_AVAILABLE' : '';
  const response: FindCoordinatorResponse = { verb: 'FindCoordinatorResponse', correlation: back.correlation, error, node };
  answer(back, response, x);
}
