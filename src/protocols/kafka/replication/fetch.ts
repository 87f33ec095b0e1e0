import {
  type EpochEndOffset,
  endOffsetFor,
  type FetchIsolation,
  type LogState,
  lastStableOffset,
  type Read,
  readLog,
} from '../log/index.ts';
import { type FetchNoted, type LeaderState, noteFollowerFetch, type ReplicationRules } from './leader.ts';

/** What a fetch asks of one partition. −1 where the one who asks does not know. */
export interface PartitionFetch {
  readonly offset: number;
  /** Epoch of the last record it has: lets the leader notice that their logs have parted. */
  readonly lastFetchedEpoch: number;
  /** Epoch of the leader it takes this broker for. */
  readonly currentLeaderEpoch: number;
}

export interface FetchLimits {
  readonly maxBytes: number;
  readonly minOneMessage: boolean;
  readonly maxRecords?: number | undefined;
}

/** An answer for one partition. */
export interface FetchAnswer {
  readonly error: string;
  /** Undefined with an error or a diverging epoch. */
  readonly read: Read | undefined;
  /** The reader's log has parted from this one: where the last epoch that both have ends here. */
  readonly divergingEpoch: EpochEndOffset | undefined;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
}

/** A reader with an older epoch is fenced, one with a newer one knows more than this broker. */
export function epochError(current: number, asked: number): string {
  if (asked === -1 || asked === current) return 'NONE';
  return asked < current ? 'FENCED_LEADER_EPOCH' : 'UNKNOWN_LEADER_EPOCH';
}

function answer(log: LogState, error: string, read?: Read, divergingEpoch?: EpochEndOffset): FetchAnswer {
  const { highWatermark, logStartOffset } = log;
  return { error, read, divergingEpoch, highWatermark, lastStableOffset: lastStableOffset(log), logStartOffset };
}

/** Where a reader's log parts from this one, if it does; out of range if that can't be told. */
export function divergence(log: LogState, fetch: PartitionFetch): EpochEndOffset | 'OFFSET_OUT_OF_RANGE' | undefined {
  if (fetch.lastFetchedEpoch === -1) return undefined;
  const end = endOffsetFor(log.epochs, fetch.lastFetchedEpoch, log.logEndOffset);
  if (end.endOffset === -1 || end.epoch === -1 || fetch.offset < log.logStartOffset) return 'OFFSET_OUT_OF_RANGE';
  return end.epoch < fetch.lastFetchedEpoch || end.endOffset < fetch.offset ? end : undefined;
}

/** Answers a consumer, or a follower whose fetch has been noted already and was parked. */
export function answerFetch(
  log: LogState,
  leaderEpoch: number,
  fetch: PartitionFetch,
  isolation: FetchIsolation,
  limits: FetchLimits,
): FetchAnswer {
  const refused = fetchRefusal(log, leaderEpoch, fetch);
  if (refused) return refused;
  const { maxBytes, minOneMessage, maxRecords } = limits;
  const read = readLog(log, { offset: fetch.offset, isolation, maxBytes, minOneMessage, maxRecords });
  return read === 'OFFSET_OUT_OF_RANGE' ? answer(log, read) : answer(log, 'NONE', read);
}

/** Why nothing can be read for a fetch, or undefined. */
function fetchRefusal(log: LogState, leaderEpoch: number, fetch: PartitionFetch): FetchAnswer | undefined {
  const wrongEpoch = epochError(leaderEpoch, fetch.currentLeaderEpoch);
  if (wrongEpoch !== 'NONE') return answer(log, wrongEpoch);
  const parted = divergence(log, fetch);
  if (parted === 'OFFSET_OUT_OF_RANGE') return answer(log, parted);
  if (parted) return answer(log, 'NONE', undefined, parted);
  return fetch.offset < log.logStartOffset || fetch.offset > log.logEndOffset ? answer(log, 'OFFSET_OUT_OF_RANGE') : undefined;
}

export interface FollowerFetchRequest extends PartitionFetch {
  readonly replica: number;
  readonly brokerEpoch: number;
  readonly logStartOffset: number;
}

/**
 * A follower's fetch at the leader: where its log has not parted, the fetch also tells how far it has come. That is noted
 * first, so the answer carries the high watermark that follows from it.
 */
export function answerFollower(
  leader: LeaderState,
  log: LogState,
  fetch: FollowerFetchRequest,
  limits: FetchLimits,
  rules: ReplicationRules,
): { readonly answer: FetchAnswer; readonly noted: FetchNoted | undefined } {
  const { refused, noted } = hearFollower(leader, log, fetch, rules);
  return { answer: refused ?? answerFetch(log, leader.leaderEpoch, fetch, 'log_end', limits), noted };
}

/** The first half of that: the fetch is refused, or noted and still to be answered. */
export function hearFollower(
  leader: LeaderState,
  log: LogState,
  fetch: FollowerFetchRequest,
  rules: ReplicationRules,
): { readonly refused: FetchAnswer | undefined; readonly noted: FetchNoted | undefined } {
  const refused = leader.followers.has(fetch.replica) ? fetchRefusal(log, leader.leaderEpoch, fetch) : answer(log, 'UNKNOWN_LEADER_EPOCH');
  return { refused, noted: refused ? undefined : noteFollowerFetch(leader, log, fetch, rules) };
}
