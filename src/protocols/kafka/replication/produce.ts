import { type AppendAs, type Appended, appendAsLeader, type LogState, type NewBatch } from '../log/index.ts';
import { advanceHighWatermark, effectiveMinIsr, isUnderMinIsr, type LeaderState, maximalIsr, type ReplicationRules } from './leader.ts';

/** What a producer waits for: nothing, the leader, or (−1, "all") every member of the ISR. */
export type Acks = 0 | 1 | -1;

export function isValidAcks(acks: number): acks is Acks {
  return acks === -1 || acks === 0 || acks === 1;
}

export interface Produced {
  /** 'NONE', or why nothing was appended. */
  readonly error: string;
  readonly appended: Appended | undefined;
  /** With acks = all: the answer waits until the high watermark is here, see `checkAcks`. Undefined: it can be given now. */
  readonly requiredOffset: number | undefined;
  readonly highWatermarkRose: boolean;
}

function notProduced(error: string, appended?: Appended): Produced {
  return { error, appended, requiredOffset: undefined, highWatermarkRose: false };
}

/**
 * A Produce for one partition arrives at a broker. `leader` is undefined if the broker does not lead it. With acks = all a leader whose
 * ISR is too small refuses before it writes anything; with 0 and 1 the size of the ISR does not matter. What is answered
 * with acks = 0 is not sent.
 */
export function produce(
  leader: LeaderState | undefined,
  log: LogState | undefined,
  batch: NewBatch,
  acks: number,
  as: Omit<AppendAs, 'leaderEpoch'>,
  rules: ReplicationRules,
): Produced {
  if (!isValidAcks(acks)) return notProduced('INVALID_REQUIRED_ACKS');
  if (!leader || !log) return notProduced('NOT_LEADER_OR_FOLLOWER');
  if (acks === -1 && isUnderMinIsr(leader, rules.minInsyncReplicas)) return notProduced('NOT_ENOUGH_REPLICAS');
  const appended = appendAsLeader(log, batch, { ...as, leaderEpoch: leader.leaderEpoch });
  if (appended.status === 'refused') return notProduced(appended.error, appended);
  const highWatermarkRose = advanceHighWatermark(leader, log, rules);
  return { error: 'NONE', appended, requiredOffset: acks === -1 ? appended.lastOffset + 1 : undefined, highWatermarkRose };
}

/**
 * Whether a Produce with acks = all can be answered by now, and with what. Look again whenever the high watermark or the ISR has changed
 * or the leader has gone; a request that waits longer than its time-out gets REQUEST_TIMED_OUT. In both cases of an
 * error the records are in the log.
 */
export function checkAcks(
  leader: LeaderState | undefined,
  log: LogState,
  requiredOffset: number,
  minInsyncReplicas: number,
): 'waiting' | 'NONE' | 'NOT_ENOUGH_REPLICAS_AFTER_APPEND' | 'NOT_LEADER_OR_FOLLOWER' {
  if (!leader) return 'NOT_LEADER_OR_FOLLOWER';
  if (log.highWatermark < requiredOffset) return 'waiting';
  const isEnough = effectiveMinIsr(leader, minInsyncReplicas) <= maximalIsr(leader).length;
  return isEnough ? 'NONE' : 'NOT_ENOUGH_REPLICAS_AFTER_APPEND';
}
