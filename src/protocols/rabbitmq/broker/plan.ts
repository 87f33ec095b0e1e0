import type { LineId, PartId } from '../../../base/index.ts';
import type { NodeId } from '../../../engine/index.ts';
import type { AmqpMessage } from '../amqp/index.ts';

/** One hop of a routed message inside the broker. Never changed. */
export interface RouteStep {
  readonly line: LineId;
  /** The drawn part it leads to, or the broker itself when the place is not drawn. */
  readonly to: PartId;
  /** Number of the queue that stores it; 0 when it leads to an exchange. */
  readonly queue: number;
  /** Its name: on another node it has another number. */
  readonly name: string;
  /** How many hops from the first exchange this one's end is. */
  readonly depth: number;
  /** What happens at the exchange it leads to. */
  readonly next: RoutePlan | undefined;
}

/** What an exchange decides for one routing key: made once, then shared by every message with that key. */
export interface RoutePlan {
  readonly exchange: string;
  readonly part: PartId;
  readonly why: 'matched' | 'unroutable' | 'alternate';
  /** `data` of the message.routed fact. */
  readonly data: RoutedData;
  readonly steps: readonly RouteStep[];
  /** Numbers of all queues that get a copy, this exchange's and those behind it. */
  readonly queues: readonly number[];
  /** Some copy takes more than one hop. */
  readonly deep: boolean;
}

export type RoutedData = {
  readonly matched: readonly LineId[];
  readonly unmatched: readonly { readonly [key: string]: string | number | boolean }[];
  readonly queues: readonly string[];
};

/** Who published, for confirms: absent when nobody waits for one. */
export interface Publisher {
  /** The node that its client is connected with. */
  readonly front: NodeId;
  readonly client: PartId;
  readonly channel: number;
  readonly seqNo: number;
}

/**
 * Not on any wire: a routed copy's hop inside the broker, so that people see where it goes. The whole route is decided at
 * once on arrival at the first exchange; the hops only show it.
 */
export interface RouteHop {
  /** `route.enqueue`: its front keeps it until a leader has it, so one that is lost on the way is not lost for good. */
  readonly verb: 'route.hop' | 'route.enqueue';
  readonly message: AmqpMessage;
  readonly step: RouteStep;
  readonly publisher: Publisher | undefined;
  /** The node that decided: numbers of queues are its own. */
  readonly by: NodeId;
  /** Number among all that this node has sent to a replicated quorum queue; 0 = none. */
  readonly number: number;
  /** Who counts: this node, in its present knowledge of the queue. After a restart it counts anew. */
  readonly sender: string;
  /** By number of the queue: when its copy shall be stored. Only for copies that come by more than one hop. */
  readonly slots: { readonly [queue: number]: number } | undefined;
}
