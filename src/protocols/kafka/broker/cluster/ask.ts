import { micros } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import type { ControllerRequest } from '../../controller/index.ts';
import type { ControllerRequestFrame } from '../../frames.ts';
import { peerWay } from '../../routes.ts';
import type { Broker } from '../state.ts';

/** API name of each request to the controller. */
const VERBS: { readonly [T in ControllerRequest['type']]: string } = {
  RegisterBroker: 'BrokerRegistration',
  BrokerHeartbeat: 'BrokerHeartbeat',
  AlterPartition: 'AlterPartition',
  CreateTopic: 'CreateTopics',
  DeleteTopic: 'DeleteTopics',
  CreatePartitions: 'CreatePartitions',
  ElectLeaders: 'ElectLeaders',
  AlterPartitionReassignments: 'AlterPartitionReassignments',
  AlterConfig: 'IncrementalAlterConfigs',
};

/** Until a request that nobody could take is sent again, in µs. */
const RETRY = micros(100_000);

/** Asks the active controller, be it this node, another one, or whoever it will be. */
export function askController(broker: Broker, request: ControllerRequest, x: Context): void {
  const ticket = broker.next++;
  broker.cluster.asked.set(ticket, request);
  askAgain(broker, ticket, x);
}

/** A request that got no answer goes out again; this node's own to itself when the step has come to rest. */
export function askAgain(broker: Broker, ticket: number, x: Context): void {
  const { kraft, asked, outbox } = broker.cluster;
  const request = asked.get(ticket);
  if (!request) return;
  if (kraft.active) {
    outbox.push(ticket);
    return;
  }
  const { leaderId } = kraft.quorum;
  const way = leaderId === undefined || broker.unreachable.has(leaderId) ? undefined : peerWay(x.wiring, leaderId);
  if (!way) {
    askLater(ticket, x);
    return;
  }
  const frame: ControllerRequestFrame = { verb: VERBS[request.type], correlation: ticket, request };
  x.send(x.wiring.self.id, way.to, way.line, frame);
}

/** The connection with the controller is lost: what was asked of it is asked of whoever is the controller then. */
export function controllerLost(broker: Broker, x: Context): void {
  for (const ticket of broker.cluster.asked.keys()) askLater(ticket, x);
}

/** Nobody there was the controller. */
export function askLater(ticket: number, x: Context): void {
  x.wake({ name: 'askAgain', ticket }, RETRY);
}
