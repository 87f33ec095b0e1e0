/** What a leader knows of one follower from its fetches. Never changed, replaced at every fetch. */
export interface FollowerProgress {
  /** −1: it has not fetched from this leader yet. */
  readonly logEndOffset: number;
  readonly logStartOffset: number;
  readonly lastFetchTime: number;
  /** The leader's own log end at that fetch. */
  readonly lastFetchLeaderLogEndOffset: number;
  /** Latest time at which it had all that the leader had then. */
  readonly lastCaughtUpTime: number;
  /** Incarnation of the broker that fetched last; −1: unknown. */
  readonly brokerEpoch: number;
}

const UNKNOWN = -1;

/** A follower that this leader has not heard of. In the ISR it gets the benefit of the doubt, from now on. */
export function newLeadersView(isInSync: boolean, now: number): FollowerProgress {
  return {
    logEndOffset: UNKNOWN,
    logStartOffset: UNKNOWN,
    lastFetchTime: 0,
    lastFetchLeaderLogEndOffset: UNKNOWN,
    lastCaughtUpTime: isInSync ? now : 0,
    brokerEpoch: UNKNOWN,
  };
}

/** The leader was elected again: what it knows of offsets still counts, times begin anew. */
export function sameLeadersView(known: FollowerProgress, leaderEndOffset: number, isInSync: boolean, now: number): FollowerProgress {
  const time = isInSync ? now : 0;
  return { ...known, lastFetchLeaderLogEndOffset: leaderEndOffset, lastFetchTime: time, lastCaughtUpTime: time };
}

/**
 * A fetch at the leader's end means: caught up now. A fetch at what was the leader's end at the fetch before means: was caught up
 * then; so who is always one small step behind is in sync nevertheless.
 */
export function followerFetched(
  before: FollowerProgress,
  fetch: { readonly offset: number; readonly logStartOffset: number; readonly brokerEpoch: number },
  leaderEndOffset: number,
  now: number,
): FollowerProgress {
  const { offset, logStartOffset, brokerEpoch } = fetch;
  let lastCaughtUpTime = before.lastCaughtUpTime;
  if (offset >= leaderEndOffset) lastCaughtUpTime = Math.max(lastCaughtUpTime, now);
  else if (offset >= before.lastFetchLeaderLogEndOffset) lastCaughtUpTime = Math.max(lastCaughtUpTime, before.lastFetchTime);
  return {
    logEndOffset: offset,
    logStartOffset,
    lastFetchTime: now,
    lastFetchLeaderLogEndOffset: Math.max(leaderEndOffset, before.lastFetchLeaderLogEndOffset),
    lastCaughtUpTime,
    brokerEpoch,
  };
}

/** Level with the leader, or it was not too long ago: lag is a matter of time, not of messages. */
export function isCaughtUp(
  follower: FollowerProgress,
  leaderEndOffset: number,
  rules: { readonly now: number; readonly replicaLagTimeMax: number },
): boolean {
  return follower.logEndOffset === leaderEndOffset || rules.now - follower.lastCaughtUpTime <= rules.replicaLagTimeMax;
}
