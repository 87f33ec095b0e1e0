import type { JsonObject } from '../../../base/index.ts';
import { type ClientAssignor, NO_PARTITIONS } from '../../../protocols/kafka/assign/index.ts';
import { countsIn, differs, expectedLine, lineOf, partitionsIn } from './assignments.ts';
import { join, type Membership, newMembership, type Rebalance, rebalance } from './membership.ts';
import { numberIn, objectIn, objectsIn, textIn, textsOf } from './read.ts';

/** A group's story: who takes part in each step is taken from the case, all that then happens is compared with it. */
export function playSequence(data: JsonObject): string | undefined {
  const group = newMembership(textIn(data, 'assignor') as ClientAssignor, 'java');
  if (group.protocol !== textIn(data, 'protocol')) return `the members follow the ${group.protocol} protocol`;
  for (const step of objectsIn(data, 'steps')) {
    const why = playStep(group, step);
    if (why !== undefined) return `${textIn(step, 'event')}: ${why}`;
  }
  return undefined;
}

function playStep(group: Membership, step: JsonObject): string | undefined {
  const expected = objectsIn(step, 'rebalances');
  const first = expected[0];
  if (first) enter(group, objectsIn(first, 'members'));
  const staying = objectIn(step, 'finalAssignment');
  for (const memberId of group.members.keys()) if (!first && !(memberId in staying)) group.members.delete(memberId);
  const partitionsPerTopic = countsIn(objectIn(step, 'topics'));
  for (const [i, round] of expected.entries()) {
    // Which generation it is, is the coordinator's to say.
    group.generation = (numberIn(round, 'generation') ?? group.generation + 1) - 1;
    const got = rebalance(group, partitionsPerTopic);
    const why = compareRound(group, round, got);
    if (why !== undefined) return why;
    if (got.isFollowed !== i + 1 < expected.length) return `${got.isFollowed ? 'another' : 'no other'} rebalance follows`;
  }
  const final = new Map([...group.members].map(([memberId, member]) => [memberId, member.owned] as const));
  return differs('in the end', expectedLine(staying), lineOf(final));
}

/** Members come and go and change their subscriptions; one without a generation begins anew. */
function enter(group: Membership, members: readonly JsonObject[]): void {
  const ids = members.map((member) => textIn(member, 'memberId') ?? '');
  for (const memberId of group.members.keys()) if (!ids.includes(memberId)) group.members.delete(memberId);
  for (const [i, member] of members.entries()) {
    const memberId = ids[i] as string;
    const known = group.members.get(memberId);
    const topics = textsOf(member.topics);
    if (known && numberIn(member, 'prevGeneration') !== -1) known.topics = topics;
    else join(group, memberId, topics, textIn(member, 'groupInstanceId'));
  }
}

function compareRound(group: Membership, round: JsonObject, got: Rebalance): string | undefined {
  for (const member of objectsIn(round, 'members')) {
    const memberId = textIn(member, 'memberId') ?? '';
    const joined = got.joined.find((one) => one.memberId === memberId);
    if (joined?.generation !== numberIn(member, 'prevGeneration')) return `${memberId} joins with generation ${joined?.generation}`;
    if (!('ownedPartitions' in member)) continue;
    const owned = new Map([[memberId, joined?.owned ?? NO_PARTITIONS]]);
    const why = differs('owned', lineOf(new Map([[memberId, partitionsIn(member, 'ownedPartitions')]])), lineOf(owned));
    if (why !== undefined) return why;
  }
  const cooperative: readonly (string | undefined)[] =
    group.protocol === 'COOPERATIVE'
      ? [
          differs('revoked after the sync', expectedLine(objectIn(round, 'revokedAfterSync')), lineOf(got.revokedAfterSync)),
          got.isFollowed === (round.followUpRebalance === true) ? undefined : `isFollowed is ${got.isFollowed}`,
        ]
      : [];
  return [
    differs('revoked before the join', expectedLine(objectIn(round, 'revokedBeforeJoin')), lineOf(got.revokedBeforeJoin)),
    differs('assignment', expectedLine(objectIn(round, 'assignment')), lineOf(got.assignment)),
    differs('onPartitionsAssigned', expectedLine(objectIn(round, 'onPartitionsAssigned')), lineOf(got.added)),
    ...cooperative,
  ].find((why) => why !== undefined);
}
