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
  readonly maxRecords?: number;
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

function answer(log: LogState, part: Partial<FetchAnswer>): FetchAnswer {
  const { highWatermark, logStartOffset } = log;
  const stable = lastStableOffset(log);
  return { error: 'NONE', read: undefined, divergingEpoch: undefined, highWatermark, lastStableOffset: stable, logStartOffset, ...part };
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
  const wrongEpoch = epochError(leaderEpoch, fetch.currentLeaderEpoch);
  if (wrongEpoch !== 'NONE') return answer(log, { error: wrongEpoch });
  const parted = divergence(log, fetch);
  if (parted === 'OFFSET_OUT_OF_RANGE') return answer(log, { error: parted });
  if (parted) return answer(log, { divergingEpoch: parted });
  const read = readLog(log, { offset: fetch.offset, isolation, ...limits });
  return read === 'OFFSET_OUT_OF_RANGE' ? answer(log, { error: read }) : answer(log, { read });
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
  if (!leader.followers.has(fetch.replica)) return { answer: answer(log, { error: 'UNKNOWN_LEADER_EPOCH' }), noted: undefined };
  const checked = answerFetch(log, leader.leaderEpoch, fetch, 'log_end', limits);
  if (!checked.read) return { answer: checked, noted: undefined };
  const noted = noteFollowerFetch(leader, log, fetch, rules);
  return { answer: answer(log, { read: checked.read }), noted };
}
