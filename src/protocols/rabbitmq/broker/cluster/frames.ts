import type { LineId, PartId } from '../../../../base/index.ts';
import type { NodeId } from '../../../../engine/index.ts';
import type { AmqpMessage, BrokerFrame, ClientFrame } from '../../amqp/index.ts';
import type { Policy } from '../../policy/policies.ts';
import type { BindingRequest } from '../bindings.ts';
import type { AmqpError } from '../errors.ts';
import type { ExchangeRequest } from '../exchanges.ts';
import type { QueueRequest } from '../queues.ts';
import type { RequeuedWhy } from '../reasons.ts';
import type { Settlement } from '../settle.ts';
import type { Entry, GroupKind } from '../state.ts';

/*
 * What the nodes of a cluster say to one another. A client's channel lives on the node that it is connected with (its
 * front); a queue lives on one node (its home). The front passes on what concerns a queue, the home answers through it.
 */

/** Who a channel belongs to: the same channel number of the same client has a shadow at every home it uses. */
interface OfChannel {
  readonly client: PartId;
  readonly channel: number;
}

/** A change of what every node knows: queues (not their messages), exchanges, bindings, policies. */
export type MetaChange =
  | {
      readonly op: 'queue';
      readonly request: QueueRequest;
      readonly drawn: PartId;
      readonly home: NodeId;
      readonly term: number;
      readonly isAbsent: boolean;
    }
  | { readonly op: 'queue-gone'; readonly name: string }
  | { readonly op: 'exchange'; readonly request: ExchangeRequest }
  | { readonly op: 'exchange-gone'; readonly name: string }
  | { readonly op: 'bind'; readonly request: BindingRequest }
  | { readonly op: 'unbind'; readonly request: BindingRequest }
  | { readonly op: 'policies'; readonly node: NodeId; readonly policies: readonly Policy[] }
  /** A queue is led by another node now. */
  | { readonly op: 'home'; readonly name: string; readonly home: NodeId; readonly kind: GroupKind };

/** A delivery that a new leader must know of: its tag at the home, and its number in the queue. */
export interface HeldDelivery {
  readonly tag: number;
  readonly seq: number;
  readonly consumerTag: string | undefined;
}
/** A consumer that a front knows: what it asked for. */
export interface AwayConsumer {
  readonly queue: string;
  readonly method: ClientFrame & { readonly verb: 'basic.consume' };
  readonly prefetch: number;
  readonly part: PartId;
  readonly line: LineId;
}

/** What changes in a replicated queue. */
export interface LogEntry {
  readonly add: readonly Entry[];
  /** Numbers of messages that are done with. */
  readonly gone: readonly number[];
  /** Handed out: to whose channel, by front. */
  readonly out: readonly { readonly seq: number; readonly front: NodeId }[];
  /** Whose publication was added, and its number. */
  readonly enqueued?: { readonly sender: string; readonly number: number };
}

interface OfQueue {
  readonly queue: string;
  readonly term: number;
}

export type ClusterFrame =
  | { readonly verb: 'cluster.meta'; readonly changes: readonly MetaChange[]; readonly isAll: boolean }
  | { readonly verb: 'cluster.stopping' }
  /** A leader has what a front has sent. */
  | { readonly verb: 'cluster.enqueued'; readonly queue: string; readonly number: number }
  /** A person's deed on a queue that is led elsewhere. */
  | { readonly verb: 'cluster.purge'; readonly queue: string }
  /** Front to home. */
  | (OfChannel & {
      readonly verb: 'cluster.call';
      readonly method: ClientFrame;
      readonly prefetch: number;
      readonly from: PartId;
      readonly line: LineId;
    })
  | (OfChannel & { readonly verb: 'cluster.settle'; readonly queue: string; readonly tags: readonly number[]; readonly how: Settlement })
  | (OfChannel & { readonly verb: 'cluster.gone'; readonly why: RequeuedWhy })
  | (OfChannel & {
      readonly verb: 'cluster.attach';
      readonly queue: string;
      readonly consumers: readonly AwayConsumer[];
      readonly held: readonly HeldDelivery[];
    })
  /** Home to front. `keeps`: what is delivered waits for an acknowledgement. */
  | (OfChannel & {
      readonly verb: 'cluster.relay';
      readonly to: PartId;
      readonly line: LineId;
      readonly frame: BrokerFrame;
      readonly queue: string;
      readonly seq: number;
      readonly keeps: boolean;
      readonly message?: AmqpMessage;
    })
  | (OfChannel & { readonly verb: 'cluster.refuse'; readonly error: AmqpError; readonly from: PartId; readonly line: LineId })
  | {
      readonly verb: 'cluster.taken';
      readonly client: PartId;
      readonly channel: number;
      readonly seqNo: number;
      readonly isTaken: boolean;
    }
  /** Leader to followers, and back. */
  | (OfQueue & {
      readonly verb: 'replica.append';
      readonly index: number;
      readonly entry: LogEntry;
      readonly synced: readonly NodeId[];
      readonly message?: AmqpMessage;
    })
  | (OfQueue & { readonly verb: 'replica.appended'; readonly index: number })
  | (OfQueue & {
      readonly verb: 'replica.install';
      readonly kind: GroupKind;
      readonly index: number;
      readonly entries: readonly Entry[];
      readonly out: LogEntry['out'];
      readonly enqueued: readonly (readonly [string, number])[];
      readonly members: readonly NodeId[];
      readonly synced: readonly NodeId[];
    })
  | (OfQueue & { readonly verb: 'replica.vote'; readonly index: number })
  | (OfQueue & { readonly verb: 'replica.voted'; readonly isGranted: boolean });
