import { diffScenario, type Run } from '../../../scenario/index.ts';
import { KafkaSketch } from './sketch.ts';

const lane = [312, 62] as const;
const box = [344, 128] as const;
const broker = { roles: 'broker', sessionTimeoutMillis: 5_000, heartbeatMillis: 1_000, replicaLagMillis: 6_000 };

function orders(uncleanElection: boolean) {
  return new KafkaSketch()
    .producer('p', 'shop', 64, 272, {
      everyMillis: 1_500,
      startMillis: 1_000,
      limit: 26,
      acks: '1',
      idempotence: false,
      requestTimeoutMillis: 2_000,
      templates: [{ key: 'order' }],
    })
    .broker('b1', 'kafka-1', 328, 152, box, broker)
    .topic('t', 'orders', 328, 168, { partitions: 1, replicationFactor: 2, replicas: '1:2', uncleanElection }, lane[0])
    .broker('b2', 'kafka-2', 328, 392, box, broker)
    .replica('r', 'orders', 328, 408, lane)
    .broker('b9', 'controller-9', 328, 544, [200, 80], { roles: 'controller' })
    .group('g', 'billing', 616, 272, [144, 160])
    .consumer('c', 'billing-1', 616, 280, { offsetReset: 'earliest', workMillis: 300 })
    .produce('p', 't')
    .subscribe('t', 'g')
    .link('b1', 'b2');
}

/**
 * First the leader dies, and the follower in sync takes over. Later the new leader is left alone, writes on, and dies; what
 * comes back first is the replica that is behind.
 */
const clean = orders(false)
  .at(7.2, 'crash', 'b1')
  .at(19, 'restart', 'b1')
  .at(28, 'crash', 'b1')
  .at(38, 'crash', 'b2')
  .at(42, 'restart', 'b1')
  .at(52, 'restart', 'b2')
  .run('leader-dies', 66);
const unclean = orders(true).run('leader-dies', 66).scenario;

export const leaderDies: Run = { ...clean, variant: diffScenario(clean.scenario, unclean) };
