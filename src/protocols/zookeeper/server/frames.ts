import type { Frame, NodeId } from '../../../engine/index.ts';
import type { Origin, SessionId, WriteOp, Zxid } from '../frames.ts';
import type { Snapshot, Txn } from '../tree/index.ts';

/** Whom a server wants to lead, and what makes it a good choice: the highest epoch, then zxid, then id. */
export interface Vote {
  readonly leader: NodeId;
  readonly epoch: number;
  readonly zxid: Zxid;
}
export type Role = 'looking' | 'following' | 'leading';

/** What is asked of the leader: a client's write, or the opening of a session. */
export type Wanted =
  | WriteOp
  | { readonly op: 'open'; readonly timeoutMillis: number }
  | { readonly op: 'expire'; readonly session: SessionId };

/** What servers of an ensemble say to each other. Names of the election and of Zab, the atomic broadcast. */
export type PeerFrame = Frame &
  (
    | { readonly verb: 'zk.vote'; readonly vote: Vote; readonly round: number; readonly role: Role }
    // Discovery: a follower comes, the new epoch is agreed on.
    | { readonly verb: 'zk.followerInfo'; readonly epoch: number; readonly zxid: Zxid }
    | { readonly verb: 'zk.leaderInfo'; readonly epoch: number }
    | { readonly verb: 'zk.ackEpoch'; readonly epoch: number; readonly zxid: Zxid }
    // Synchronisation: what the follower has too much or too little. `committed`: up to there it is final.
    | {
        readonly verb: 'zk.newLeader';
        readonly epoch: number;
        readonly keep: Zxid;
        readonly snapshot: Snapshot | undefined;
        readonly txns: readonly Txn[];
        readonly committed: Zxid;
      }
    | { readonly verb: 'zk.upToDate'; readonly epoch: number; readonly committed: Zxid }
    // Broadcast. An ack is for all up to there.
    | { readonly verb: 'zk.request'; readonly origin: Origin; readonly wanted: Wanted }
    | { readonly verb: 'zk.proposal'; readonly txn: Txn }
    | { readonly verb: 'zk.ack'; readonly epoch: number; readonly zxid: Zxid }
    | { readonly verb: 'zk.commit'; readonly zxid: Zxid }
    // The leader asks who is alive; a follower answers with the sessions it has heard of.
    | { readonly verb: 'zk.leaderPing' }
    | { readonly verb: 'zk.alive'; readonly sessions: readonly SessionId[] }
    | { readonly verb: 'zk.revalidate'; readonly origin: Origin }
    | { readonly verb: 'zk.revalidated'; readonly origin: Origin; readonly timeoutMillis: number }
    /** The sender does not lead, or not any more. */
    | { readonly verb: 'zk.notLeading' }
  );
