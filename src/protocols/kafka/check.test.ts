import { describe, expect, test } from 'vitest';
import { type Config, emptyRun, type Part } from '../../scenario/index.ts';
import { check } from './check.ts';

const part = (id: string, kind: string, config: Config = {}, parent?: string): Part => ({
  ...{ id, kind: `kafka/${kind}`, name: id, x: 0, y: 0, config },
  ...(parent === undefined ? {} : { parent }),
});
const problemsOf = (...parts: Part[]) => check({ ...emptyRun().scenario, parts });
const keysOf = (...parts: Part[]) => problemsOf(...parts).map(({ key, field }) => (field ? `${key} ${field}` : key));

test('a controller alone counts for no broker, and holds no topic', () => {
  const cluster = (roles: string, parent = 'b1') =>
    keysOf(part('b1', 'broker'), part('b2', 'broker', { roles }), part('orders', 'topic', { replicationFactor: 2 }, parent));
  expect(cluster('broker')).toEqual([]);
  expect(cluster('controller')).toEqual(['kafka.tooFewBrokers']);
  expect(cluster('controller', 'b2')).toEqual(['kafka.tooFewBrokers', 'kafka.inController']);
});

test('before 2.8 there is no cluster without ZooKeeper', () => {
  expect(keysOf(part('b1', 'broker', { version: '0.9' }), part('b2', 'broker'))).toEqual(['kafka.needsZookeeper version']);
  expect(keysOf(part('b1', 'broker', { version: '2.8' }))).toEqual([]);
});

describe('a client that would not start is told so at the field', () => {
  const producer = (config: Config, version = '4.1') =>
    keysOf(part('b1', 'broker', { version }), part('p', 'producer', { transactionalId: 't', ...config }));
  const group = (config: Config, version = '4.1') => keysOf(part('b1', 'broker', { version }), part('g', 'group', config));

  test('with transactions all replicas must answer, and no more than five requests may be on their way', () => {
    expect(producer({})).toEqual([]);
    expect(producer({ acks: '1' })).toEqual(['kafka.transactionAcks acks']);
    expect(producer({ retries: 0 })).toEqual(['kafka.transactionRetries retries']);
    expect(producer({ maxInFlight: 6 })).toEqual(['kafka.transactionInFlight maxInFlight']);
    // Without them idempotence is off, and that is all.
    expect(producer({ acks: '1', maxInFlight: 6, transactionalId: '' })).toEqual([]);
  });

  test('the consumer protocol came with 4.0, share groups with 4.1', () => {
    expect(group({ protocol: 'consumer' }, '4.0')).toEqual([]);
    expect(group({ protocol: 'consumer' }, '3.9')).toEqual(['kafka.protocolVersion protocol']);
    expect(group({ protocol: 'share' }, '4.0')).toEqual(['kafka.protocolVersion protocol']);
  });

  test('heartbeats must be more often than the session lasts', () => {
    expect(group({ heartbeatMillis: 45_000, sessionTimeoutMillis: 45_000 })).toEqual(['kafka.heartbeatTooLong heartbeatMillis']);
    expect(group({ heartbeatMillis: 45_000, sessionTimeoutMillis: 45_000, protocol: 'consumer' })).toEqual([]);
  });
});
