import { KafkaSketch } from './sketch.ts';

const lane = [312, 62] as const;
const box = [344, 518] as const;
const broker = { roles: 'broker', heartbeatMillis: 1_000, replicaLagMillis: 4_000 };

const ROWS = [
  { name: 'acks-0', acks: '0', minInsyncReplicas: 1 },
  { name: 'acks-1', acks: '1', minInsyncReplicas: 1 },
  { name: 'all-min-1', acks: 'all', minInsyncReplicas: 1 },
  { name: 'all-min-2', acks: 'all', minInsyncReplicas: 2 },
] as const;

/**
 * The leader dies while the newest records are on their way, or written by itself alone. Later the other broker is left alone,
 * takes what it is allowed to take, and dies; all topics may be led by a replica that is behind.
 */
export const acksMatrix = (() => {
  const sketch = new KafkaSketch();
  const y = (row: number) => 113 + row * 120;
  ROWS.forEach(({ name, acks }, row) => {
    const sent = [1_500, acks === '0' ? 5_400 : 5_000, 27_000];
    sketch.producer(`p${row}`, name, 104, y(row), {
      mode: 'list',
      acks,
      idempotence: acks === 'all',
      requestTimeoutMillis: 4_000,
      list: sent.map((atMillis) => ({ atMillis, key: 'order' })),
    });
  });
  sketch.broker('b1', 'kafka-1', 404, 279, box, broker);
  ROWS.forEach(({ name, minInsyncReplicas }, row) => {
    const config = { partitions: 1, replicationFactor: 2, replicas: '1:2', minInsyncReplicas, uncleanElection: true };
    sketch.topic(`t${row}`, name, 404, y(row), config, lane).produce(`p${row}`, `t${row}`);
  });
  sketch.broker('b2', 'kafka-2', 796, 279, box, broker);
  for (const [row, { name }] of ROWS.entries()) sketch.replica(`r${row}`, name, 796, y(row), lane);
  return sketch
    .broker('b9', 'controller-9', 600, 594, [296, 64], { roles: 'controller', sessionTimeoutMillis: 5_000 })
    .link('b1', 'b2')
    .at(5.6, 'crash', 'b1')
    .at(14, 'restart', 'b1')
    .at(20, 'crash', 'b1')
    .at(30, 'crash', 'b2')
    .at(31.5, 'restart', 'b1')
    .at(40, 'restart', 'b2')
    .run('acks-matrix', 52, 'producer');
})();
