import type { Context, Input, NodeId, Timer } from '../../../../engine/index.ts';
import type { ClusterAnswer, ClusterRequest } from '../../frames.ts';
import type { Broker } from '../state.ts';
import type { Cluster } from './state.ts';

/** One way to run a cluster: the metadata in a log of the controllers' own, or in ZooKeeper. */
export interface ClusterWay {
  /** The process begins its part. At time 0 the cluster stands already. */
  begin(broker: Broker, x: Context): void;
  /** True: the frame was one of the cluster's own. */
  hear(broker: Broker, input: Extract<Input, { readonly type: 'frame' }>, x: Context): boolean;
  ring(broker: Broker, timer: Timer, x: Context): void;
  /** A node that this one is connected with went away or is back; `node` is -1 if it is no broker. */
  peer(broker: Broker, node: number, part: NodeId, isUp: boolean, x: Context): void;
  wired(broker: Broker, x: Context): void;
  /** A request to this node as the controller, or what brokers do themselves in this mode. */
  serve(broker: Broker, ticket: number, request: ClusterRequest, x: Context): void;
  /** The controller's answer to a request of this node's own. */
  answered(broker: Broker, ticket: number, answer: ClusterAnswer, x: Context): void;
  /** The process shall stop: it asks for others to take over, and ends itself when they have. */
  beginStop(broker: Broker, x: Context): void;
  /** The last words of a process that stops in good order. */
  farewell(broker: Broker, x: Context): void;
  /** What a crash, or a stop in good order, leaves. */
  crashed(broker: Broker, isClean: boolean, x: Context): Cluster;
  role(broker: Broker): string;
  figures(broker: Broker): readonly { readonly key: string; readonly value: number | string | boolean }[];
}
