import { assert } from '../../../../base/index.ts';
import { copyKraftNode, isActiveController, type KraftNode } from '../../controller/index.ts';
import type { ClusterRequest } from '../../frames.ts';
import type { Return } from '../state.ts';
import { copyZkCluster, type ZkCluster } from './zk/state.ts';

/** What a broker keeps for its part in running the cluster, wherever the cluster's metadata is. */
export interface ClusterCommon {
  /** Requests to the controller that are not answered: to be sent (again) once it is known. */
  asked: Map<number, ClusterRequest>;
  /** Requests of other nodes that wait for the active controller here, with the name of the API. */
  tickets: Map<number, Return & { readonly api: string }>;
  /** Tickets of this node's requests to itself; empty between steps. */
  readonly outbox: number[];
  /** The broker has not been told yet that it may serve clients. */
  isFenced: boolean;
  /** It has been asked to stop: others take over first. `waiting`: the controller has heard of it. */
  stopping: 'no' | 'asked' | 'waiting';
}

export function newCommon(isFenced: boolean): ClusterCommon {
  return { asked: new Map(), tickets: new Map(), outbox: [], isFenced, stopping: 'no' };
}

/** The metadata is a log that the controllers keep themselves. */
export interface KraftCluster extends ClusterCommon {
  readonly type: 'kraft';
  kraft: KraftNode;
  /** When this node's own timer goes off; 0 = none is set. */
  wakeAt: number;
  /** Tells this process from those before it. */
  incarnation: string;
  /** How often its registration was refused. */
  refusals: number;
  /** Broker epoch that was noted when the process stopped in good order; -1 = it did not. */
  previousEpoch: number;
}

export type Cluster = KraftCluster | ({ readonly type: 'zookeeper' } & ClusterCommon & ZkCluster);

export function kraftOf(cluster: Cluster): KraftCluster {
  assert(cluster.type === 'kraft', 'the metadata is in a log');
  return cluster;
}

export function zkOf(cluster: Cluster): Extract<Cluster, { readonly type: 'zookeeper' }> {
  assert(cluster.type === 'zookeeper', 'the metadata is in ZooKeeper');
  return cluster;
}

export function copyCluster(cluster: Cluster): Cluster {
  const common = { asked: new Map(cluster.asked), tickets: new Map(cluster.tickets) };
  if (cluster.type === 'kraft') return { ...cluster, ...common, kraft: copyKraftNode(cluster.kraft) };
  return { ...cluster, ...common, ...copyZkCluster(cluster) };
}

/** Node id of the active controller, as far as this broker knows. */
export function controllerOf(cluster: Cluster, node: number): number | undefined {
  if (cluster.type === 'kraft') return cluster.kraft.active ? node : cluster.kraft.quorum.leaderId;
  const { controller, view } = cluster;
  if (isActiveController(controller)) return node;
  const known = controller.activeId >= 0 ? controller.activeId : view.controllerId;
  return known >= 0 && known !== node ? known : undefined;
}
