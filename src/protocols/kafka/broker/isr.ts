import { fromMillis, micros } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { BrokerConfig } from '../configs.ts';
import { checkIsr, type IsrProposal, isrRefused, pendingProposal } from '../replication/index.ts';
import { askController } from './cluster/ask.ts';
import { rulesOf } from './partition.ts';
import type { Broker, Replica } from './state.ts';

/** The leader wants another set of replicas in sync: the controller decides. */
export function proposeIsr(broker: Broker, replica: Replica, proposal: IsrProposal, x: Context): void {
  const { topic, index: partition } = replica;
  const { isr: newIsr, leaderEpoch, partitionEpoch } = proposal;
  const partitions = [{ topic, partition, leaderEpoch, partitionEpoch, newIsr }];
  askController(broker, { type: 'AlterPartition', brokerId: broker.node, brokerEpoch: broker.epoch, partitions }, x);
}

/** The controller has refused a proposal. */
export function heardRefusal(replica: Replica, error: string, x: Context): void {
  if (!replica.lead) return;
  if (isrRefused(replica.lead, error) === 'retry') x.wake({ name: 'retryIsr', tp: replica.tp }, micros(100_000));
}

/** Time to ask again for what could not be decided. */
export function retryIsr(broker: Broker, tp: string, x: Context): void {
  const replica = broker.replicas.get(tp);
  const proposal = replica?.lead && pendingProposal(replica.lead);
  if (replica && proposal) proposeIsr(broker, replica, proposal, x);
}

/** Every half replica.lag.time.max.ms: who has not been level with its leader for that long is not in sync. */
export function checkAllIsrs(broker: Broker, x: Context): void {
  for (const replica of broker.replicas.values()) {
    if (!replica.lead) continue;
    const proposal = checkIsr(replica.lead, replica.log, rulesOf(broker, replica, x));
    if (proposal) proposeIsr(broker, replica, proposal, x);
  }
  wakeIsrCheck(x);
}

export function wakeIsrCheck(x: Context): void {
  const { replicaLagMillis } = x.config<BrokerConfig>(x.wiring.self.id);
  x.wake({ name: 'checkIsrs' }, micros(Math.max(1, Math.floor(fromMillis(replicaLagMillis) / 2))));
}
