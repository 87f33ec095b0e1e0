import { expect, test } from 'vitest';
import { type Client, play } from './cluster.testkit.ts';
import { metadataTable } from './describeMetadata.ts';
import type { Broker } from './state.ts';

const topics = { orders: { partitions: 1, replicationFactor: 3, replicas: '1:2:3' } };
const idle: Client = function* () {
  yield { until: 1 };
};

/** The metadata log of a broker, oldest record first, without epochs. */
function logOf(node: string, until: number) {
  const deeds = [{ at: 3, verb: 'crash', target: 'b1' }];
  const { world } = play({ topics, clients: { idle }, deeds, until });
  const rows = metadataTable(world.nodes.get(node) as Broker).rows.toReversed();
  return rows.map(([offset, , ...rest]) => [offset, ...rest].join(' '));
}

test('every broker has the log of the cluster’s metadata, with Kafka’s own names of records', () => {
  const log = logOf('b2', 2);
  expect(log).toContain('0 true RegisterBrokerRecord broker 1 fenced=false');
  expect(log.some((row) => row.endsWith('PartitionRecord orders-0 leader=1 isr=1,2,3 replicas=1,2,3'))).toBe(true);
  expect(logOf('b3', 2)).toEqual(log);
});

test('a coordinator’s fifty partitions are one row, an election is one of its own', () => {
  const log = logOf('b2', 30);
  expect(log.filter((row) => row.includes(' PartitionRecord ')).map((row) => row.split(' ').slice(3).join(' '))).toContain(
    '50 × __transaction_state-0 … 49',
  );
  expect(log.some((row) => row.includes('LeaderChangeMessage'))).toBe(true);
  expect(log.some((row) => row.includes('BrokerRegistrationChangeRecord broker 1 fenced=true'))).toBe(true);
  expect(log.some((row) => / PartitionChangeRecord orders-0 leader=2 isr=2,3$/.test(row))).toBe(true);
});
