import type { ControllerRequest } from '../../controller/index.ts';
import { copyKraftNode, type KraftNode } from '../../controller/kraft/node.ts';
import type { Return } from '../state.ts';

/** This node's part in running the cluster. */
export interface Cluster {
  readonly kraft: KraftNode;
  /** Requests to the controller that are not answered: to be sent (again) once it is known. */
  asked: Map<number, ControllerRequest>;
  /** Requests of other nodes that wait for the active controller here. */
  tickets: Map<number, Return>;
  /** Tickets of this node's requests to itself; empty between steps. */
  readonly outbox: number[];
  /** When this node's own timer goes off; 0 = none is set. */
  wakeAt: number;
  /** Tells this process from those before it. */
  incarnation: string;
  /** How often its registration was refused. */
  refusals: number;
  /** The broker has been told that it may serve clients. */
  isFenced: boolean;
}

export function copyCluster(cluster: Cluster): Cluster {
  return { ...cluster, kraft: copyKraftNode(cluster.kraft), asked: new Map(cluster.asked), tickets: new Map(cluster.tickets) };
}
