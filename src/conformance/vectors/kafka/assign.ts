import type { JsonObject } from '../../../base/index.ts';
import {
  type AssignMember,
  assign,
  assignOnServer,
  type ClientAssignor,
  type ServerAssignor,
  type SubscriptionType,
} from '../../../protocols/kafka/assign/index.ts';
import type { VectorPlayers } from '../types.ts';
import { playSequence } from './assign-sequences.ts';
import { countsIn, differs, expectedLine, lineOf, partitionsIn } from './assignments.ts';
import { asObject, numberIn, objectIn, objectsIn, textIn, textsOf } from './read.ts';

function memberIn(data: JsonObject): AssignMember {
  const generation = numberIn(data, 'generation') ?? -1;
  return {
    memberId: textIn(data, 'memberId') ?? '',
    groupInstanceId: textIn(data, 'groupInstanceId') ?? textIn(data, 'instanceId'),
    topics: textsOf(data.topics),
    owned: partitionsIn(data, 'ownedPartitions' in data ? 'ownedPartitions' : 'previousTarget'),
    generation,
    subscriptionGeneration: 'subscriptionGeneration' in data ? (numberIn(data, 'subscriptionGeneration') ?? -1) : generation,
    rackId: textIn(data, 'rackId'),
  };
}

/** `{"t-1": ["a"]}` as racks by topic and partition. */
function racksIn(data: JsonObject, counts: ReadonlyMap<string, number>): ReadonlyMap<string, readonly (readonly string[])[]> {
  const racks = objectIn(data, 'partitionRacks');
  const ofTopic = ([topic, count]: readonly [string, number]) =>
    [topic, Array.from({ length: count }, (_, partition) => textsOf(racks[`${topic}-${partition}`]))] as const;
  return new Map([...counts].map(ofTopic));
}

function playAssignor(data: JsonObject): string | undefined {
  const partitionsPerTopic = countsIn(objectIn(data, 'partitionsPerTopic'));
  const got = assign(textIn(data, 'assignor') as ClientAssignor, 'java', {
    partitionsPerTopic,
    members: objectsIn(data, 'members').map(memberIn),
    partitionRacks: racksIn(data, partitionsPerTopic),
    maxGenerationSeen: numberIn(data, 'assignorMaxGenerationBefore'),
    preferRackAwareLogic: data.preferRackAwareLogic === true,
  });
  const expected = [objectIn(data, 'expected'), ...objectsIn(data, 'alternatives').map(alternativeIn)].map(expectedLine);
  const line = lineOf(got);
  return expected.includes(line) ? undefined : `expected ${expected.join(' or ')}, got ${line}`;
}

/** An alternative is an assignment, or an object that holds one. */
function alternativeIn(data: JsonObject): JsonObject {
  return 'expected' in data ? objectIn(data, 'expected') : 'assignment' in data ? objectIn(data, 'assignment') : data;
}

function playServerAssignor(data: JsonObject): string | undefined {
  const input = { partitionsPerTopic: countsIn(objectIn(data, 'topics')), members: objectsIn(data, 'members').map(memberIn) };
  const got = assignOnServer(textIn(data, 'assignor') as ServerAssignor, input, textIn(data, 'subscriptionType') as SubscriptionType);
  return differs(textIn(data, 'event') ?? 'target assignment', expectedLine(asObject(data.expected)), lineOf(got));
}

export const ASSIGN_PLAYERS: VectorPlayers = {
  'kafka-assign-range': playAssignor,
  'kafka-assign-roundrobin': playAssignor,
  'kafka-assign-sticky': playAssignor,
  'kafka-assign-cooperative-sticky': playAssignor,
  'kafka-assign-rackaware': playAssignor,
  'kafka-assign-sequences': playSequence,
  'kafka-kip848-assign': playServerAssignor,
  'kafka-kip848-sequences': (data) =>
    objectsIn(data, 'steps')
      .map(playServerAssignor)
      .find((why) => why !== undefined),
};
