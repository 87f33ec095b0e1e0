import { diffScenario, type Run } from '../../../scenario/index.ts';
import { KafkaSketch } from './sketch.ts';

const lane = [408, 62] as const;
const box = [440, 160] as const;
const broker = { roles: 'broker', heartbeatMillis: 1_000, replicaLagMillis: 4_000 };
const SECONDS = 54;

function orders(uncleanElection: boolean) {
  return new KafkaSketch()
    .producer('p', 'shop', 104, 114, {
      everyMillis: 1_500,
      startMillis: 1_000,
      limit: 28,
      acks: '1',
      idempotence: false,
      requestTimeoutMillis: 2_000,
      templates: [{ key: 'order' }],
    })
    .broker('b1', 'kafka-1', 436, 100, box, broker)
    .topic(
      't',
      'orders',
      436,
      114,
      { partitions: 1, replicationFactor: 2, replicas: '1:2', ...(uncleanElection ? { uncleanElection } : {}) },
      lane,
    )
    .broker('b2', 'kafka-2', 436, 284, box, broker)
    .replica('r', 'orders', 436, 298, lane)
    .broker('b9', 'controller-9', 436, 420, [296, 64], { roles: 'controller', sessionTimeoutMillis: 5_000 })
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
