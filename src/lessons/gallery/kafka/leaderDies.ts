import { diffScenario, type Run } from '../../../scenario/index.ts';
import { KafkaSketch } from './sketch.ts';

const lane = [456, 62] as const;
const box = [488, 128] as const;
const broker = { roles: 'broker', heartbeatMillis: 1_000, replicaLagMillis: 4_000 };
const SECONDS = 54;

function orders(uncleanElection: boolean) {
  return new KafkaSketch()
    .producer('p', 'shop', 64, 288, {
      everyMillis: 1_500,
      startMillis: 1_000,
      limit: 28,
      acks: '1',
      idempotence: false,
      requestTimeoutMillis: 2_000,
      templates: [{ key: 'order' }],
    })
    .broker('b1', 'kafka-1', 408, 176, box, broker)
    .topic('t', 'orders', 408, 192, { partitions: 1, replicationFactor: 2, replicas: '1:2', uncleanElection }, lane[0])
    .broker('b2', 'kafka-2', 408, 400, box, broker)
    .replica('r', 'orders', 408, 416, lane)
    .broker('b9', 'controller-9', 408, 560, [200, 80], { roles: 'controller', sessionTimeoutMillis: 5_000 })
    .produce('p', 't')
    .link('b1', 'b2');
}

/**
 * First the leader dies, and the follower in sync takes over. Later the new leader is left alone, writes on, and dies; what
 * comes back first is the replica that is behind.
 */
const clean = orders(false)
  .at(6.05, 'crash', 'b1')
  .at(15, 'restart', 'b1')
  .at(24, 'crash', 'b1')
  .at(34, 'crash', 'b2')
  .at(37, 'restart', 'b1')
  .at(46, 'restart', 'b2')
  .run('leader-dies', SECONDS);
const unclean = orders(true).run('leader-dies', SECONDS).scenario;

export const leaderDies: Run = { ...clean, variant: diffScenario(clean.scenario, unclean) };
