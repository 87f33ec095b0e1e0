import type { JsonObject } from '../../../base/index.ts';
import { type LogState, newLog } from '../../../protocols/kafka/log/index.ts';
import {
  answerFollower,
  applyFetch,
  becomeLeader,
  checkAcks,
  checkIsr,
  effectiveMinIsr,
  followerFetch,
  type IsrProposal,
  isrChanged,
  isUnderMinIsr,
  type LeaderState,
  maximalIsr,
  type Produced,
  produce,
  type ReplicationRules,
} from '../../../protocols/kafka/replication/index.ts';
import { difference, fieldDifference, listOf, numberOf, numbersOf, objectOf, plainBatch, SETTINGS, textOf } from './cases.ts';

/** One partition on several brokers; the controller agrees to every change of the ISR at once. */
interface Partition {
  readonly leader: LeaderState;
  readonly log: LogState;
  readonly followers: ReadonlyMap<number, LogState>;
}

function partition(replicas: readonly number[], isr: readonly number[], rules: ReplicationRules): Partition {
  const log = newLog(0);
  const [first = 0, ...others] = replicas;
  const leader = becomeLeader(undefined, first, log, { leaderEpoch: 0, partitionEpoch: 0, replicas, isr }, rules) as LeaderState;
  return { leader, log, followers: new Map(others.map((id) => [id, newLog(0)])) };
}

function rulesAt(now: number, minInsyncReplicas: number, replicaLagTimeMax: number, holdsUnderMinIsr = true): ReplicationRules {
  return { now, replicaLagTimeMax, minInsyncReplicas, holdsUnderMinIsr, mayJoinIsr: () => true };
}

function agree({ leader, log }: Partition, proposal: IsrProposal | undefined, rules: ReplicationRules): void {
  if (proposal) isrChanged(leader, log, { ...proposal, partitionEpoch: proposal.partitionEpoch + 1 }, rules);
}

/** A follower's fetch, there and back. True: it is back in the ISR. */
function fetchOnce(one: Partition, replica: number, rules: ReplicationRules): boolean {
  const { leader, log, followers } = one;
  const own = followers.get(replica) as LogState;
  const request = { ...followerFetch(own, leader.leaderEpoch), replica, brokerEpoch: -1 };
  const { answer, noted } = answerFollower(leader, log, request, { maxBytes: 1_048_576, minOneMessage: true }, rules);
  agree(one, noted?.proposal, rules);
  applyFetch(own, answer, rules.now, SETTINGS);
  return noted?.proposal !== undefined;
}

function stateOf({ leader, log, followers }: Partition): JsonObject {
  const seen = [...followers].map(([id, own]) => {
    const known = leader.followers.get(id);
    const { logEndOffset: leo, highWatermark: hw } = own;
    // Not having fetched yet is −1 in Kafka and 0 in the cases.
    const leoKnownToLeader = Math.max(0, known?.logEndOffset ?? 0);
    return [String(id), { leo, hw, leoKnownToLeader, lastCaughtUpTimeMs: known?.lastCaughtUpTime ?? 0 }] as const;
  });
  const isr = [...leader.isr].sort((a, b) => a - b);
  return { leaderLEO: log.logEndOffset, leaderHW: log.highWatermark, isr, followers: Object.fromEntries(seen) };
}

function stepResult(one: Partition, step: JsonObject, rules: ReplicationRules): JsonObject {
  const [argument] = numbersOf(step['args']);
  switch (step['op']) {
    case 'append': {
      produce(one.leader, one.log, plainBatch(argument ?? 1, rules.now), 1, { now: rules.now, settings: SETTINGS }, rules);
      return {};
    }
    case 'fetch':
      return { isrExpanded: fetchOnce(one, argument ?? 0, rules) };
    case 'isrCheck': {
      const proposal = checkIsr(one.leader, one.log, rules);
      const removed = proposal ? one.leader.isr.filter((id) => !proposal.isr.includes(id)) : [];
      agree(one, proposal, rules);
      return { removed };
    }
    default:
      return { unknown: textOf(step['op']) };
  }
}

export function playHighWatermark(data: JsonObject): string | undefined {
  const config = objectOf(data['config']);
  const at = (now: number) => rulesAt(now, numberOf(config['min.insync.replicas'], 1), numberOf(config['replica.lag.time.max.ms']));
  const isr = numbersOf(config['isr']);
  const one = partition(numbersOf(config['replicas(leader first)']), isr, at(0));
  for (const [i, step] of listOf(data['steps']).map(objectOf).entries()) {
    const result = stepResult(one, step, at(numberOf(step['t'])));
    const found =
      fieldDifference(`step ${i} (${textOf(step['op'])})`, result, objectOf(step['result'])) ??
      fieldDifference(`after step ${i} (${textOf(step['op'])})`, stateOf(one), objectOf(step['state']));
    if (found) return found;
  }
  return undefined;
}

const LAG_MAX_MS = 30_000;
/** Long after the start: whoever is not in the ISR has been silent for too long to be waited for. */
const LATER_MS = 100_000;

function acksOf(value: string): number {
  return value === 'all' ? -1 : Number(value);
}

/** True if the one who answers did so only when a follower of the ISR, who could lead next, had the record. */
function survivesLeader(one: Partition, produced: Produced, rules: ReplicationRules): boolean {
  const { leader, log, followers } = one;
  const heirs = leader.isr.filter((id) => id !== leader.brokerId);
  const wanted = produced.requiredOffset;
  for (let round = 0; wanted !== undefined && round < 3 && checkAcks(leader, log, wanted, rules.minInsyncReplicas) === 'waiting'; round++)
    for (const id of heirs) fetchOnce(one, id, rules);
  const isAnswered = wanted === undefined || checkAcks(leader, log, wanted, rules.minInsyncReplicas) === 'NONE';
  return isAnswered && heirs.length > 0 && heirs.every((id) => followers.get(id)?.logEndOffset === log.logEndOffset);
}

function whenAcknowledged(acks: number, produced: Produced): string | false {
  if (acks === 0) return 'immediately, without broker answer';
  if (produced.error !== 'NONE') return false;
  return produced.requiredOffset === undefined ? 'after leader append' : 'after every ISR member has it (HW >= last offset + 1)';
}

function playMatrix(input: JsonObject): JsonObject {
  const acks = acksOf(textOf(input['acks']));
  const minIsr = numberOf(input['min.insync.replicas'], 1);
  const replicas = Array.from({ length: numberOf(input['replicationFactor'], 3) }, (_, id) => id);
  const isr = replicas.slice(0, numberOf(input['isrSize']));
  const rules = rulesAt(LATER_MS, minIsr, LAG_MAX_MS);
  const one = partition(replicas, isr, rules);
  const leads = isr.length > 0;
  const as = { now: LATER_MS, settings: SETTINGS };
  const produced = produce(leads ? one.leader : undefined, one.log, plainBatch(1, LATER_MS), acks, as, rules);
  const isAppended = produced.appended?.status === 'appended';
  const held = isUnderMinIsr(one.leader, minIsr) ? ' - HW frozen while ISR < min.insync.replicas (3.7+)' : '';
  const error =
    produced.error === 'NOT_LEADER_OR_FOLLOWER' ? 'NOT_LEADER_OR_FOLLOWER / LEADER_NOT_AVAILABLE (retried by producer)' : produced.error;
  return {
    acknowledged: whenAcknowledged(acks, produced),
    appended: isAppended,
    // Without an answer nobody hears of an error.
    error: acks === 0 || produced.error === 'NONE' ? null : error,
    ...(isAppended ? { survivesLeaderLossGuaranteed: survivesLeader(one, produced, rules) } : {}),
    ...(isAppended && acks === 1 ? { visibleToConsumers: `when HW passes it${held}` } : {}),
    effectiveMinIsr: effectiveMinIsr(one.leader, minIsr),
  };
}

/** The ISR loses members between append and answer. */
function playShrink(input: JsonObject): JsonObject {
  const minIsr = numberOf(input['min.insync.replicas'], 1);
  const atAppend = numberOf(input['isrAtAppend']);
  const left = numberOf(input['isrWhenHwReached']);
  const replicas = Array.from({ length: atAppend }, (_, id) => id);
  // A high watermark that passes a record with too few in sync is possible up to 3.6 only.
  const rules = (now: number) => rulesAt(now, minIsr, LAG_MAX_MS, left >= minIsr);
  const one = partition(replicas, replicas, rules(0));
  const produced = produce(one.leader, one.log, plainBatch(1, 0), -1, { now: 0, settings: SETTINGS }, rules(0));
  for (const now of [LATER_MS, LATER_MS + 1]) for (const id of replicas.slice(1, left)) fetchOnce(one, id, rules(now));
  agree(one, checkIsr(one.leader, one.log, rules(LATER_MS + 1)), rules(LATER_MS + 1));
  const error = checkAcks(one.leader, one.log, produced.requiredOffset ?? 0, minIsr);
  return { error: error === 'NONE' ? null : error, appended: produced.appended?.status === 'appended', isr: maximalIsr(one.leader).length };
}

export function playAcks(data: JsonObject): string | undefined {
  const input = objectOf(data['input']);
  const expected = objectOf(data['expected']);
  const actual = 'isrAtAppend' in input ? playShrink(input) : playMatrix({ isrSize: 3, ...input });
  const effective =
    'effectiveMinIsr' in input ? difference('effective min ISR', actual['effectiveMinIsr'] ?? null, input['effectiveMinIsr']) : undefined;
  return effective ?? fieldDifference('produce', actual, expected);
}
