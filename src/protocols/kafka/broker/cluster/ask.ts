import { micros } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import type { ClusterRequest, ControllerRequestFrame } from '../../frames.ts';
import { peerWay } from '../../routes.ts';
import type { Broker } from '../state.ts';
import { controllerOf } from './state.ts';

/** API name of each request to the controller. */
const VERBS: { readonly [T in ClusterRequest['type']]: string } = {
  RegisterBroker: 'BrokerRegistration',
  BrokerHeartbeat: 'BrokerHeartbeat',
  AlterPartition: 'AlterPartition',
  CreateTopic: 'CreateTopics',
  DeleteTopic: 'DeleteTopics',
  CreatePartitions: 'CreatePartitions',
  ElectLeaders: 'ElectLeaders',
  AlterPartitionReassignments: 'AlterPartitionReassignments',
  AlterConfig: 'IncrementalAlterConfigs',
  ControlledShutdown: 'ControlledShutdown',
};

/** Until a request that nobody could take is sent again, in µs. */
const RETRY = micros(100_000);

/** Asks the active controller, be it this node, another one, or whoever it will be. */
export function askController(broker: Broker, request: ClusterRequest, x: Context): void {
  const ticket = broker.next++;
  broker.cluster.asked.set(ticket, request);
  askAgain(broker, ticket, x);
}

/** Of old, brokers and tools wrote into ZooKeeper themselves what controllers are asked for now. */
function isOwnAffair({ cluster, features }: Broker, { type }: ClusterRequest): boolean {
  return cluster.type === 'zookeeper' && !features.hasAlterPartition && type !== 'ControlledShutdown';
}

/** A request that got no answer goes out again; this node's own to itself when the step has come to rest. */
export function askAgain(broker: Broker, ticket: number, x: Context): void {
  const { cluster, node, unreachable } = broker;
  const request = cluster.asked.get(ticket);
  if (!request) return;
  const controller = isOwnAffair(broker, request) ? node : controllerOf(cluster, node);
  if (controller === node) {
    cluster.outbox.push(ticket);
    return;
  }
  const way = controller === undefined || unreachable.has(controller) ? undefined : peerWay(x.wiring, controller);
  if (!way) {
    askLater(ticket, x);
    return;
  }
  const frame: ControllerRequestFrame = { verb: VERBS[request.type], correlation: ticket, request };
  x.send(x.wiring.self.id, way.to, way.line, frame);
}

/** The connection with the controller is lost: what was asked of it is asked of whoever is the controller then. */
export function controllerLost(broker: Broker, x: Context): void {
  for (const [ticket, request] of broker.cluster.asked) if (!isOwnAffair(broker, request)) askLater(ticket, x);
}

/** Nobody there was the controller. */
export function askLater(ticket: number, x: Context): void {
  x.wake({ name: 'askAgain', ticket }, RETRY);
}
