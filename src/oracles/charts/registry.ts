import { channelMachine } from './channelChart.ts';
import { Chart } from './chart.ts';
import { brokerMachine, controllerMachine, quorumMachine, replicaMachine } from './clusterCharts.ts';
import { consumerMachine } from './consumerChart.ts';
import { classicGroupMachine, consumerGroupMachine } from './groupCharts.ts';
import { classicMemberMachine, consumerMemberMachine } from './groupMemberCharts.ts';
import { memberMachine } from './memberChart.ts';
import { messageMachine } from './messageChart.ts';
import { recordMachine } from './recordChart.ts';
import { workerMachine } from './workerChart.ts';

/** Every life cycle there is, by name. A chart that is added here must have its words (`life.<chart>.<state>`), and is drawn. */
export const CHARTS = {
  message: new Chart(messageMachine),
  consumer: new Chart(consumerMachine),
  worker: new Chart(workerMachine),
  channel: new Chart(channelMachine),
  member: new Chart(memberMachine),
  record: new Chart(recordMachine),
  replica: new Chart(replicaMachine),
  broker: new Chart(brokerMachine),
  controller: new Chart(controllerMachine),
  quorum: new Chart(quorumMachine),
  classicGroup: new Chart(classicGroupMachine),
  consumerGroup: new Chart(consumerGroupMachine),
  classicMember: new Chart(classicMemberMachine),
  consumerMember: new Chart(consumerMemberMachine),
} as const;
export type ChartName = keyof typeof CHARTS;

/**
 * The lives that parts lead, by the beginning of their kind; the longest that fits counts. A message leads its life in the
 * places of its system. A client that plays a script has many consumers on one line, and facts do not tell them apart.
 */
const LEADS: { readonly [kind: string]: readonly ChartName[] } = {
  '': ['message', 'worker'],
  'rabbitmq/': ['message'],
  'rabbitmq/consumer': ['consumer', 'worker', 'channel'],
  'rabbitmq/producer': ['channel'],
  'rabbitmq/broker': ['message', 'member'],
  'rabbitmq/client': ['worker', 'channel'],
  'kafka/': ['record'],
  'kafka/broker': ['record', 'broker', 'controller', 'quorum', 'replica'],
  'kafka/topic': ['replica'],
  'kafka/replica': ['replica'],
  'kafka/group': ['classicGroup', 'consumerGroup'],
  'kafka/consumer': ['worker', 'classicMember', 'consumerMember'],
};

const leads = new Map<string, readonly ChartName[]>();

/** True when a part of this kind leads such a life; '' stands for a kind that nobody knows. */
export function leadsLife(kind: string, chart: ChartName): boolean {
  let found = leads.get(kind);
  if (found === undefined) {
    const prefix = Object.keys(LEADS).reduce((best, one) => (kind.startsWith(one) && one.length > best.length ? one : best), '');
    found = LEADS[prefix] ?? [];
    leads.set(kind, found);
  }
  return found.includes(chart);
}
