import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ClientAssignor, onLeavePrepare, type TopicPartition } from '../../../protocols/kafka/assign/index.ts';
import { parseTruth, type Step, type Trace } from '../../format.ts';
import { expectedLine, lineOf } from './assignments.ts';
import { join, type Membership, newMembership, rebalanceUntilSettled } from './membership.ts';
import { asObject, objectIn, textIn, textsOf } from './read.ts';

const FOLDER = `${import.meta.dirname}/../../recordings/librdkafka-2.0.2-mock`;

function traces(): readonly Trace[] {
  return readdirSync(FOLDER)
    .map((name) => parseTruth(readFileSync(`${FOLDER}/${name}`, 'utf8')))
    .flatMap((parsed) => (parsed.ok && parsed.value.kind === 'trace' ? [parsed.value] : []))
    .filter((trace) => trace.topic === 'group-assignment');
}

/** What was revoked from each member since the last quiet time. */
type Revoked = Map<string, readonly TopicPartition[]>;

function membersOf(step: Step): readonly string[] {
  const one = textIn(step.args, 'member');
  return one === undefined ? textsOf(step.args.member) : [one];
}

function enterOrGo(group: Membership, step: Step, revoked: Revoked): void {
  for (const memberId of membersOf(step)) {
    const member = group.members.get(memberId);
    if (step.op === 'join') join(group, memberId, textsOf(step.args.topics));
    else if (member && step.op === 'leave') revoked.set(memberId, onLeavePrepare(member.owned, member.generation).revoked);
    if (step.op !== 'join') group.members.delete(memberId);
  }
}

function settle(group: Membership, partitions: ReadonlyMap<string, number>, revoked: Revoked): void {
  for (const round of rebalanceUntilSettled(group, partitions))
    for (const [memberId, given] of [...round.revokedBeforeJoin, ...round.revokedAfterSync])
      revoked.set(memberId, [...(revoked.get(memberId) ?? []), ...given]);
}

function play(trace: Trace): void {
  const assignor = trace.steps.map((step) => textIn(step.args, 'assignor')).find((name) => name !== undefined) ?? 'range';
  const group = newMembership(assignor as ClientAssignor, 'librdkafka');
  const partitions = new Map<string, number>();
  const revoked: Revoked = new Map();
  for (const step of trace.steps)
    if (step.op === 'topic') partitions.set(textIn(step.args, 'name') ?? '', Number(step.args.partitions));
    else if (step.op !== 'quiet') enterOrGo(group, step, revoked);
    else {
      settle(group, partitions, revoked);
      const expected = asObject(step.result);
      const owned = new Map([...group.members].map(([memberId, member]) => [memberId, member.owned] as const));
      expect(lineOf(owned), `step ${step.i}`).toBe(expectedLine(objectIn(expected, 'assignment')));
      if ('revokedOnTheWay' in expected)
        expect(lineOf(revoked), `step ${step.i}`).toBe(expectedLine(objectIn(expected, 'revokedOnTheWay')));
      revoked.clear();
    }
}

describe('groups of librdkafka 2.0.2 members end as recorded', () => {
  const all = traces();
  test('there are recordings', () => expect(all.length).toBeGreaterThan(15));
  for (const trace of all) test(trace.title, () => play(trace));
});
