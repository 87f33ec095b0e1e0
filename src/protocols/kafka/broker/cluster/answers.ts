import type { Context } from '../../../../engine/index.ts';
import type { ClusterAnswer, ClusterRequest, ControllerResponseFrame } from '../../frames.ts';
import { partitionName } from '../../message.ts';
import { isrChanged } from '../../replication/index.ts';
import { answer } from '../answer.ts';
import { heardRefusal } from '../isr.ts';
import { risenTo, rulesOf, tellIsr } from '../partition.ts';
import { placeOf } from '../places.ts';
import type { Broker } from '../state.ts';
import { askLater } from './ask.ts';

/** An answer for whoever asked with this ticket: another node, or (its request comes back) this one itself. */
export function answerTicket(broker: Broker, ticket: number, given: ClusterAnswer, x: Context): ClusterRequest | undefined {
  const back = broker.cluster.tickets.get(ticket);
  if (!back) return answered(broker, ticket, given, x);
  broker.cluster.tickets.delete(ticket);
  const frame: ControllerResponseFrame = { verb: `${back.api}Response`, correlation: back.correlation, answer: given };
  answer(back, frame, x);
  return undefined;
}

/**
 * The controller's answer to a request of this broker's own. What has to do with its membership in the cluster is for the caller:
 * then the request is given back.
 */
export function answered(broker: Broker, ticket: number, given: ClusterAnswer, x: Context): ClusterRequest | undefined {
  const { asked } = broker.cluster;
  const request = asked.get(ticket);
  if (!request) return undefined;
  if (given.error === 'NOT_CONTROLLER') {
    askLater(ticket, x);
    return undefined;
  }
  asked.delete(ticket);
  switch (request.type) {
    case 'RegisterBroker':
    case 'BrokerHeartbeat':
    case 'ControlledShutdown':
      return request;
    case 'AlterPartition':
      for (const { topic, partition } of request.partitions)
        heardIsr(
          broker,
          partitionName(topic, partition),
          given.partitions?.find((one) => one.topic === topic && one.partition === partition),
          given.error,
          x,
        );
      return undefined;
    case 'ElectLeaders':
      tellElections(given.results ?? [], x);
      break;
  }
  if (given.error !== 'NONE') tellRefused(broker.part, request.type, given.error, {}, x);
  return undefined;
}

/** Elections that did not come about; that there was nothing to elect is worth a word only if it is all. */
function tellElections(results: NonNullable<ClusterAnswer['results']>, x: Context): void {
  const failed = results.filter(({ error }) => error !== 'NONE');
  const [first] = failed;
  if (first && failed.length === results.length && failed.every(({ error }) => error === 'ELECTION_NOT_NEEDED'))
    tellRefused(placeOf(first.topic, x), 'ElectLeaders', first.error, {}, x);
  else
    for (const { topic, partition, error } of failed)
      if (error !== 'ELECTION_NOT_NEEDED') tellRefused(placeOf(topic, x), 'ElectLeaders', error, { partition }, x);
}

function tellRefused(at: string, api: string, error: string, more: { readonly partition?: number }, x: Context): void {
  x.fact('request.refused', at, 0, '', error.toLowerCase().replaceAll('_', '-'), { api, ...more });
}

type AlterPartitionAnswers = NonNullable<ClusterAnswer['partitions']>;

function heardIsr(broker: Broker, tp: string, one: AlterPartitionAnswers[number] | undefined, error: string, x: Context): void {
  const replica = broker.replicas.get(tp);
  if (!replica?.lead) return;
  if (!one?.state || one.error !== 'NONE') {
    heardRefusal(replica, one?.error ?? error, x);
    return;
  }
  const before = replica.lead.isr;
  broker.hasStragglers = true;
  // The metadata say the same a little later.
  const hasRisen = isrChanged(replica.lead, replica.log, one.state, rulesOf(broker, replica, x));
  tellIsr(replica, before, replica.lead.isr, x);
  if (hasRisen) risenTo(broker, replica, x);
}
