import type { Config, Run } from '../../../scenario/index.ts';
import { KafkaSketch } from './sketch.ts';

const reader = { offsetReset: 'earliest', workMillis: 400, maxPollRecords: 2 };

/** Two members; a third joins, and one of the first two dies. Only the group's way to divide the partitions differs. */
function rebalance(id: string, group: Config): Run {
  return new KafkaSketch()
    .producer('p', 'shop', 104, 190, { everyMillis: 700, startMillis: 500, partitioner: 'round-robin', templates: [{}] })
    .broker('b', 'kafka-1', 404, 200, [344, 308], { consumerSessionMillis: 6_000, consumerHeartbeatMillis: 2_000 })
    .topic('t', 'orders', 404, 214, { partitions: 4 })
    .group('g', 'billing', 744, 250, [208, 460], { heartbeatMillis: 2_000, sessionTimeoutMillis: 6_000, ...group })
    .consumer('c1', 'anna', 744, 170, reader)
    .consumer('c2', 'ben', 744, 280, reader)
    .consumer('c3', 'carl', 744, 390, { ...reader, startMillis: 13_000 })
    .produce('p', 't')
    .subscribe('t', 'g')
    .at(28, 'crash', 'c1')
    .run(id, 44, 'lane');
}

/** Everyone gives up everything, and waits until all have come. */
export const rebalanceEager = rebalance('rebalance-eager', { assignor: 'range' });
/** Everyone keeps what it has, and gives up only what is to move. */
export const rebalanceCoop = rebalance('rebalance-coop', { assignor: 'cooperative-sticky' });
/** The broker divides, and every member gets there by itself. */
export const rebalanceKip848 = rebalance('rebalance-kip848', { protocol: 'consumer' });
