import { micros } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import type { ControllerAnswer, ControllerRequest } from '../../controller/index.ts';
import { requestKraft } from '../../controller/kraft/node.ts';
import type { ControllerRequestFrame } from '../../frames.ts';
import { peerWay } from '../../routes.ts';
import type { Broker } from '../state.ts';
import { heardAnswer } from './answers.ts';
import { digest } from './digest.ts';

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

/** Asks the active controller: itself, another node, or whoever it will be. */
export function askController(broker: Broker, request: ControllerRequest, x: Context): void {
  const ticket = broker.next++;
  broker.cluster.asked.set(ticket, request);
  send(broker, ticket, request, x);
}

function send(broker: Broker, ticket: number, request: ControllerRequest, x: Context): void {
  const { kraft } = broker.cluster;
  if (kraft.active) {
    digest(broker, requestKraft(kraft, ticket, request, x.now, x.random), x);
    return;
  }
  const { leaderId } = kraft.quorum;
  const way = leaderId === undefined || broker.unreachable.has(leaderId) ? undefined : peerWay(x.wiring, leaderId);
  if (!way) {
    x.wake({ name: 'askAgain', ticket }, RETRY);
    return;
  }
  const frame: ControllerRequestFrame = { verb: VERBS[request.type], correlation: ticket, request };
  x.send(x.wiring.self.id, way.to, way.line, frame);
}

/** A request that got no answer is sent again. */
export function askAgain(broker: Broker, ticket: number, x: Context): void {
  const request = broker.cluster.asked.get(ticket);
  if (request) send(broker, ticket, request, x);
}

/** The controller's answer has come. */
export function controllerAnswered(broker: Broker, ticket: number, answer: ControllerAnswer, x: Context): void {
  const { asked } = broker.cluster;
  const request = asked.get(ticket);
  if (!request) return;
  if (answer.error === 'NOT_CONTROLLER') {
    x.wake({ name: 'askAgain', ticket }, RETRY);
    return;
  }
  asked.delete(ticket);
  heardAnswer(broker, request, answer, x);
}

/** The connection with a node is lost: what was asked of it is asked again of whoever is the controller then. */
export function controllerLost(broker: Broker, x: Context): void {
  for (const ticket of broker.cluster.asked.keys()) x.wake({ name: 'askAgain', ticket }, RETRY);
}
