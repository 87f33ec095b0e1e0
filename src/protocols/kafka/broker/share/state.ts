import type { Frame, NodeId } from '../../../../engine/index.ts';
import type { ErrorName, ShareFetchRequest } from '../../frames.ts';
import { copySharePartition, type SharePartition, type ShareSnapshot } from '../../group/index.ts';
import type { Return } from '../state.ts';

/** What the leader of a partition keeps for one share group. */
export interface SharedPartition {
  readonly group: string;
  readonly tp: string;
  /** Undefined: the share coordinator has not yet told where the group stands. */
  partition: SharePartition | undefined;
  /** Counts what happened that is worth writing down, and how much of it the share coordinator has. */
  version: number;
  written: number;
  /** A request to the share coordinator is out, or will be in a moment: another one waits for that. */
  isAsking: boolean;
}

/** A request to the share coordinator without an answer. */
export interface StoreRequest {
  readonly node: number;
  readonly key: string;
  /** What a write carries; -1 = it is a read. */
  readonly version: number;
}

/** An answer must not leave before so much is written. */
export interface Need {
  readonly key: string;
  readonly version: number;
}

/** A member's ShareFetch that waits for records. */
export interface WaitingShareFetch {
  readonly id: number;
  readonly back: Return;
  readonly request: ShareFetchRequest;
  readonly deadline: number;
  readonly needs: readonly Need[];
  readonly acknowledgeErrors: { readonly [tp: string]: ErrorName };
}

/** What a share coordinator keeps, also in its log. Frozen. */
export interface StoredShare {
  readonly key: string;
  readonly leaderEpoch: number;
  readonly snapshot: ShareSnapshot;
}

export interface Shares {
  // As leader of partitions, by `shareKey`.
  partitions: Map<string, SharedPartition>;
  requests: Map<number, StoreRequest>;
  fetches: Map<number, WaitingShareFetch>;
  /** Answers that wait until the share coordinator has what they say. */
  replies: readonly { readonly needs: readonly Need[]; readonly back: Return; readonly frame: Frame }[];
  /** Clients by group and member id: whose connection breaks, has nothing any more. */
  members: Map<string, NodeId>;
  /** When the next lock runs out; 0 = no timer is set. */
  locksAt: number;

  // As share coordinator.
  stored: Map<string, StoredShare>;
  held: readonly { readonly tp: string; readonly offset: number; readonly back: Return }[];
}

export function newShares(): Shares {
  return {
    ...{ partitions: new Map(), requests: new Map(), fetches: new Map(), replies: [], members: new Map(), locksAt: 0 },
    ...{ stored: new Map(), held: [] },
  };
}

export function copyShares(shares: Shares): Shares {
  const { partitions, requests, fetches, members, stored } = shares;
  const copied = [...partitions].map(([key, shared]): [string, SharedPartition] => [
    key,
    { ...shared, partition: shared.partition && copySharePartition(shared.partition) },
  ]);
  return {
    ...{ ...shares, partitions: new Map(copied), requests: new Map(requests), fetches: new Map(fetches) },
    ...{ members: new Map(members), stored: new Map(stored) },
  };
}

export function shareKey(group: string, tp: string): string {
  return `${group}:${tp}`;
}

export function memberKey(group: string, memberId: string): string {
  return `${group}/${memberId}`;
}
