import type { Context } from '../../../../engine/index.ts';
import type { ControllerAnswer, ControllerRequest } from '../../controller/index.ts';
import { partitionName } from '../../message.ts';
import { isrChanged } from '../../replication/index.ts';
import { heardRefusal } from '../isr.ts';
import { risenTo, rulesOf, tellIsr } from '../partition.ts';
import type { Broker } from '../state.ts';
import { askLater } from './ask.ts';
import { beginHeartbeats, heardHeartbeat, registerLater } from './membership.ts';

/** The controller's answer has come. */
export function controllerAnswered(broker: Broker, ticket: number, answer: ControllerAnswer, x: Context): void {
  const { asked } = broker.cluster;
  const request = asked.get(ticket);
  if (!request) return;
  if (answer.error === 'NOT_CONTROLLER') {
    askLater(ticket, x);
    return;
  }
  asked.delete(ticket);
  heardAnswer(broker, request, answer, x);
}

/** What this broker makes of the controller's answer to a request of its own. */
function heardAnswer(broker: Broker, request: ControllerRequest, answer: ControllerAnswer, x: Context): void {
  switch (request.type) {
    case 'RegisterBroker':
      if (answer.brokerEpoch === undefined) {
        registerLater(broker, x);
        return;
      }
      broker.epoch = answer.brokerEpoch;
      broker.cluster.refusals = 0;
      beginHeartbeats(broker, x);
      return;
    case 'BrokerHeartbeat':
      heardHeartbeat(broker, answer, x);
      return;
    case 'AlterPartition':
      for (const one of answer.partitions ?? []) {
        const replica = broker.replicas.get(partitionName(one.topic, one.partition));
        if (!replica?.lead) continue;
        if (one.error !== 'NONE' || !one.state) {
          heardRefusal(replica, one.error, x);
          continue;
        }
        const before = replica.lead.isr;
        broker.hasStragglers = true;
        // The metadata log says the same a little later.
        const hasRisen = isrChanged(replica.lead, replica.log, one.state, rulesOf(broker, replica, x));
        tellIsr(replica, before, replica.lead.isr, x);
        if (hasRisen) risenTo(broker, replica, x);
      }
      return;
    default:
      if (answer.error !== 'NONE')
        x.fact('request.refused', broker.part, 0, '', answer.error.toLowerCase().replaceAll('_', '-'), { api: request.type });
  }
}
