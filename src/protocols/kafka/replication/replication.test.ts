import { describe, expect, test } from 'vitest';
import { copyLog, type LogState, newLog, setHighWatermark } from '../log/index.ts';
import { offsetsOf, put, recordsOf, SETTINGS } from '../log/log.testkit.ts';
import { answerFetch, answerFollower } from './fetch.ts';
import { applyFetch, becomeFollower, followerFetch, recoverOutOfRange, truncationOffset } from './follower.ts';
import {
  becomeLeader,
  checkIsr,
  copyLeader,
  isrChanged,
  isrRefused,
  type LeaderState,
  lowWatermark,
  type ReplicationRules,
} from './leader.ts';
import { checkAcks, produce } from './produce.ts';

const LIMITS = { maxBytes: 1_000_000, minOneMessage: true };

function rules(now: number, over: Partial<ReplicationRules> = {}): ReplicationRules {
  return { now, replicaLagTimeMax: 30, minInsyncReplicas: 1, holdsUnderMinIsr: true, mayJoinIsr: () => true, ...over };
}

function lead(log: LogState, isr: readonly number[], now = 0, leaderEpoch = 0, over: Partial<ReplicationRules> = {}): LeaderState {
  const news = { leaderEpoch, partitionEpoch: leaderEpoch, replicas: [0, 1, 2], isr };
  return becomeLeader(undefined, 0, log, news, rules(now, over)) as LeaderState;
}

function fetch(leader: LeaderState, log: LogState, replica: number, own: LogState, at: ReplicationRules) {
  const request = { ...followerFetch(own, leader.leaderEpoch), replica, brokerEpoch: 1 };
  const answered = answerFollower(leader, log, request, LIMITS, at);
  return { ...answered, applied: applyFetch(own, answered.answer, at.now, SETTINGS) };
}

describe('the leader of a partition', () => {
  test('waits for a follower that is not in the ISR but has caught up, so that it can join', () => {
    const [log, own] = [newLog(0), newLog(0)];
    const leader = lead(log, [0]);
    put(log);
    fetch(leader, log, 1, own, rules(100, { mayJoinIsr: () => false }));
    fetch(leader, log, 1, own, rules(101, { mayJoinIsr: () => false }));
    produce(leader, log, batch(), 1, { now: 102, settings: SETTINGS }, rules(102));
    expect([log.highWatermark, log.logEndOffset]).toEqual([1, 2]);
    const { noted } = fetch(leader, log, 1, own, rules(103));
    expect(noted?.proposal).toEqual({ isr: [0, 1], leaderEpoch: 0, partitionEpoch: 0 });
  });

  test('asks for one change of the ISR at a time; a refusal takes it back', () => {
    const [log, own] = [newLog(0), newLog(0)];
    const leader = lead(log, [0, 1, 2]);
    put(log);
    expect(checkIsr(leader, log, rules(31))).toMatchObject({ isr: [0] });
    expect(checkIsr(leader, log, rules(32))).toBeUndefined();
    expect(log.highWatermark).toBe(0);
    expect(isrRefused(leader, 'INVALID_UPDATE_VERSION')).toBe('wait');
    expect(isrRefused(leader, 'REQUEST_TIMED_OUT')).toBe('retry');
    expect(isrRefused(leader, 'OPERATION_NOT_ATTEMPTED')).toBe('reset');
    fetch(leader, log, 1, own, rules(33));
    fetch(leader, log, 1, own, rules(34));
    const proposal = checkIsr(leader, log, rules(35));
    expect(proposal?.isr).toEqual([0, 1]);
    expect(isrChanged(leader, log, { isr: [0, 1], leaderEpoch: 0, partitionEpoch: 1 }, rules(36))).toBe(true);
    expect(log.highWatermark).toBe(1);
  });

  test('an idle follower that has everything never leaves the ISR', () => {
    const log = newLog(0);
    const [one, two] = [newLog(0), newLog(0)];
    const leader = lead(log, [0, 1, 2]);
    fetch(leader, log, 1, one, rules(1));
    fetch(leader, log, 2, two, rules(1));
    expect(checkIsr(leader, log, rules(1_000_000))).toBeUndefined();
  });

  test('news that are older than what is known are no news', () => {
    const log = newLog(0);
    const leader = lead(log, [0, 1], 0, 3);
    expect(becomeLeader(leader, 0, log, { leaderEpoch: 3, partitionEpoch: 2, replicas: [0, 1], isr: [0] }, rules(1))).toBeUndefined();
    const again = becomeLeader(leader, 0, log, { leaderEpoch: 4, partitionEpoch: 4, replicas: [0, 1, 2], isr: [0] }, rules(1));
    expect(again?.followers.size).toBe(2);
    expect(log.epochs).toEqual([{ epoch: 4, startOffset: 0 }]);
  });

  test('the low watermark is that of the slowest live replica', () => {
    const log = newLog(0);
    const leader = lead(log, [0, 1, 2]);
    const own = newLog(0, 0);
    fetch(leader, log, 1, own, rules(1));
    log.logStartOffset = 0;
    expect(lowWatermark(leader, log, (id) => id === 1)).toBe(0);
    expect(lowWatermark(leader, log, () => true)).toBe(-1);
  });

  test('a copy goes its own way', () => {
    const log = newLog(0);
    const leader = lead(log, [0, 1]);
    const copy = copyLeader(leader);
    fetch(leader, log, 1, newLog(0), rules(5));
    expect(copy.followers.get(1)?.lastFetchTime).toBe(0);
  });
});

function batch() {
  const record = { message: 1, key: 'k', value: 'v', producer: 'p', timestamp: 0, weight: 0 };
  return { producerId: -1, producerEpoch: -1, baseSequence: -1, isTransactional: false, records: [record] };
}

describe('acks = all', () => {
  const as = { now: 0, settings: SETTINGS };

  test('alone in the ISR the leader can answer at once', () => {
    const log = newLog(0);
    const leader = lead(log, [0], 1_000);
    const { requiredOffset = -1 } = produce(leader, log, batch(), -1, as, rules(1_000));
    expect(checkAcks(leader, log, requiredOffset, 1)).toBe('NONE');
  });

  test('otherwise when all have it; and never, if the leader has gone', () => {
    const log = newLog(0);
    const [one, two] = [newLog(0), newLog(0)];
    const leader = lead(log, [0, 1, 2]);
    const { requiredOffset = -1 } = produce(leader, log, batch(), -1, as, rules(0));
    const state = () => checkAcks(leader, log, requiredOffset, 2);
    for (const own of [one, one, two]) fetch(leader, log, own === one ? 1 : 2, own, rules(1));
    expect(state()).toBe('waiting');
    fetch(leader, log, 2, two, rules(2));
    expect(state()).toBe('NONE');
    expect(checkAcks(undefined, log, requiredOffset, 2)).toBe('NOT_LEADER_OR_FOLLOWER');
  });

  test('with too few in sync nothing is written', () => {
    const log = newLog(0);
    const leader = lead(log, [0]);
    expect(produce(leader, log, batch(), -1, as, rules(0, { minInsyncReplicas: 2 })).error).toBe('NOT_ENOUGH_REPLICAS');
    expect(produce(leader, log, batch(), 1, as, rules(0, { minInsyncReplicas: 2 })).error).toBe('NONE');
    expect(log.logEndOffset).toBe(1);
  });
});

describe('a follower', () => {
  test('learns the high watermark with the fetch after the one that brought the records', () => {
    const [log, own] = [newLog(0), newLog(0)];
    const leader = lead(log, [0, 1]);
    put(log, { count: 3 });
    fetch(leader, log, 1, own, rules(1));
    expect([own.logEndOffset, own.highWatermark]).toEqual([3, 0]);
    leader.followers.delete(2);
    fetch(leader, log, 1, own, rules(2));
    expect(own.highWatermark).toBe(3);
  });

  test('with another history truncates to where the common one ends, then goes on', () => {
    const old = newLog(0);
    for (const epoch of [0, 0]) put(old, { epoch });
    const log = copyLog(old);
    for (const epoch of [1, 1]) put(old, { epoch });
    put(log, { epoch: 2 });
    const leader = lead(log, [0, 1], 0, 3);
    put(log, { epoch: 3 });
    const first = fetch(leader, log, 1, old, rules(1));
    expect(first.answer.divergingEpoch).toEqual({ epoch: 0, endOffset: 2 });
    expect(first.applied.removed.map((record) => record.at)).toEqual([2, 3]);
    expect(first.noted).toBeUndefined();
    fetch(leader, log, 1, old, rules(2));
    expect(recordsOf(old)).toEqual(recordsOf(log));
    expect(old.epochs).toEqual(log.epochs);
  });

  test('is asked again when the leader names an epoch it does not know', () => {
    const log = newLog(0);
    for (const epoch of [1, 1, 4]) put(log, { epoch });
    expect(truncationOffset(log, { epoch: 3, endOffset: 9 })).toEqual({ offset: 2, isDone: false });
    expect(truncationOffset(log, { epoch: 1, endOffset: 1 })).toEqual({ offset: 1, isDone: true });
    expect(truncationOffset(log, { epoch: -1, endOffset: -1 })).toEqual({ offset: 0, isDone: true });
  });

  test('out of range: too far ahead it truncates, too far behind it starts over', () => {
    const log = newLog(0);
    put(log, { count: 2 });
    put(log, { count: 2 });
    expect(recoverOutOfRange(log, 0, 2, 0)).toMatchObject({ outcome: 'truncated', removed: [{ at: 2 }, { at: 3 }] });
    expect(recoverOutOfRange(log, 1, 9, 0)).toEqual({ outcome: 'kept', removed: [] });
    expect(log.logEndOffset).toBe(2);
    expect(recoverOutOfRange(log, 5, 9, 0)).toMatchObject({ outcome: 'started-over', removed: [{ at: 0 }, { at: 1 }] });
    expect(log).toMatchObject({ logStartOffset: 5, logEndOffset: 5, highWatermark: 5 });
  });

  test('without epochs keeps what is below its high watermark', () => {
    const log = newLog(0);
    put(log);
    put(log);
    setHighWatermark(log, 1);
    expect(becomeFollower(log, 0)).toHaveLength(0);
    log.epochs = [];
    expect(becomeFollower(log, 0)).toHaveLength(1);
    expect(offsetsOf(log)).toEqual([0]);
  });

  test('an older or newer epoch than the leader has is an error', () => {
    const log = newLog(0);
    const ask = (currentLeaderEpoch: number) =>
      answerFetch(log, 5, { offset: 0, lastFetchedEpoch: -1, currentLeaderEpoch }, 'read_uncommitted', LIMITS).error;
    expect([4, 5, 6, -1].map(ask)).toEqual(['FENCED_LEADER_EPOCH', 'NONE', 'UNKNOWN_LEADER_EPOCH', 'NONE']);
  });
});
