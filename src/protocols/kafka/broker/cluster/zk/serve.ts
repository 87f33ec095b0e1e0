import type { Context } from '../../../../../engine/index.ts';
import { type ControllerError, handleZkEvent, isActiveController, type ZkEvent } from '../../../controller/index.ts';
import type { ClusterRequest } from '../../../frames.ts';
import type { Broker } from '../../state.ts';
import { answerTicket } from '../answers.ts';
import { zkOf } from '../state.ts';
import { digest } from './digest.ts';
import { writeIsr } from './isr.ts';
import { alterConfig, createPartitions, createTopic, deleteTopic, everyPartition, writeElection } from './topics.ts';

/** A request to this node as the controller; or one of its own, of the kind that brokers and tools see to themselves. */
export function serveZookeeper(broker: Broker, ticket: number, request: ClusterRequest, x: Context): void {
  const { controller, tickets } = zkOf(broker.cluster);
  const isForController = tickets.has(ticket) || broker.features.hasAlterPartition;
  const event = isForController || request.type === 'ControlledShutdown' ? eventOf(broker, ticket, request) : undefined;
  if (event) {
    digest(broker, handleZkEvent(controller, event, x.now), x);
    return;
  }
  const error = isForController && !isActiveController(controller) ? 'NOT_CONTROLLER' : carryOut(broker, ticket, request, x);
  if (error !== undefined) answerTicket(broker, ticket, { error }, x);
}

/** What the controller itself works off. */
function eventOf(broker: Broker, ticket: number, request: ClusterRequest): ZkEvent | undefined {
  switch (request.type) {
    case 'ControlledShutdown': {
      const { brokerId, brokerEpoch } = request;
      return { type: 'controlledShutdown', ticket, brokerId, brokerEpoch };
    }
    case 'AlterPartition': {
      const { brokerId, brokerEpoch, partitions } = request;
      return { type: 'alterPartition', ticket, brokerId, brokerEpoch, partitions };
    }
    case 'ElectLeaders': {
      const { election, partitions = everyPartition(broker) } = request;
      return { type: 'electLeaders', ticket, election, partitions };
    }
    default:
      return undefined;
  }
}

/** What is done by writing znodes; an error if it is wrong from the start. */
function carryOut(broker: Broker, ticket: number, request: ClusterRequest, x: Context): ControllerError | undefined {
  switch (request.type) {
    case 'CreateTopic':
      return createTopic(broker, ticket, request, x);
    case 'CreatePartitions':
      return createPartitions(broker, ticket, request, x);
    case 'DeleteTopic':
      return deleteTopic(broker, ticket, request, x);
    case 'ElectLeaders':
      return writeElection(broker, ticket, request, x);
    case 'AlterConfig': {
      const { topic, name, value } = request;
      alterConfig(broker, { ticket, topic, name, value }, x);
      return undefined;
    }
    case 'AlterPartition':
      for (const wish of request.partitions) writeIsr(broker, ticket, wish, x);
      return undefined;
    default:
      return 'INVALID_REQUEST';
  }
}
