import { describe, expect, test } from 'vitest';
import { micros } from '../../base/index.ts';
import { type Config, configure, emptyRun, type Part, type Run } from '../../scenario/index.ts';
import { vocabulary } from './vocabulary.ts';

const part = (id: string, kind: string, config: Config = {}, parent?: string): Part => ({
  ...{ id, kind, name: id, x: 0, y: 0, config },
  ...(parent === undefined ? {} : { parent }),
});
const parts = [
  part('b1', 'kafka/broker'),
  part('b2', 'kafka/broker'),
  part('orders', 'kafka/topic', { partitions: 4, replicationFactor: 2 }, 'b1'),
];
const drawn: Run = { ...emptyRun(), scenario: { ...emptyRun().scenario, parts } };
const set = (run: Run, seconds: number, id: string, changes: Config) =>
  configure(run, { vocabulary, at: micros(seconds * 1_000_000), side: 'a' }, id, changes);
const refusalOf = (id: string, changes: Config) => {
  const answer = set(drawn, 5, id, changes);
  return answer.ok ? undefined : answer.error;
};

describe('while the cluster runs', () => {
  test('a topic gets more partitions, never fewer', () => {
    expect(refusalOf('orders', { partitions: 6 })).toBeUndefined();
    expect(refusalOf('orders', { partitions: 3 })).toMatchObject({
      ...{ where: 'orders', field: 'partitions', key: 'kafka.fewerPartitions', remedy: 'kafka.morePartitions' },
      args: { name: 'orders', present: 4 },
    });
    // Nothing set is three.
    expect(refusalOf('orders', { partitions: null })).toMatchObject({ key: 'kafka.fewerPartitions' });
  });

  test('what was set at this very moment may be taken back, what was set before may not', () => {
    const more = set(drawn, 5, 'orders', { partitions: 8 });
    if (!more.ok) throw new Error(more.error.key);
    const back = set(more.value, 5, 'orders', { partitions: 4 });
    expect(back.ok && back.value.interventions).toEqual([]);
    expect(set(more.value, 5, 'orders', { partitions: 3 })).toMatchObject({ ok: false });
    expect(set(more.value, 6, 'orders', { partitions: 4 })).toMatchObject({ ok: false, error: { args: { present: 8 } } });
  });

  test('the number and the places of replicas stay, and more than there are brokers are said to be too many', () => {
    expect(refusalOf('orders', { replicationFactor: 1 })).toMatchObject({ field: 'replicationFactor', key: 'kafka.replicasFixed' });
    expect(refusalOf('orders', { replicationFactor: 3 })).toMatchObject({ key: 'kafka.tooFewBrokers', args: { factor: 3, brokers: 2 } });
    expect(refusalOf('orders', { replicas: '1:2, 2:1, 1:2, 2:1' })).toMatchObject({ field: 'replicas', key: 'kafka.replicasFixed' });
  });

  test('a broker keeps its id and its roles', () => {
    expect(refusalOf('b2', { nodeId: 7 })).toMatchObject({ where: 'b2', field: 'nodeId', key: 'kafka.startedWith' });
    expect(refusalOf('b2', { roles: 'broker' })).toMatchObject({ field: 'roles' });
    expect(refusalOf('b2', { replicaLagMillis: 5_000 })).toBeUndefined();
  });
});

test('from the start all of it may be changed, and a topic that comes later is as it is drawn', () => {
  expect(set(drawn, 0, 'orders', { partitions: 1, replicationFactor: 1 }).ok).toBe(true);
  const joined: Run = { ...drawn, interventions: [{ at: micros(5_000_000), verb: 'join', target: 'orders', args: {} }] };
  expect(set(joined, 5, 'orders', { partitions: 1 }).ok).toBe(true);
  expect(set(joined, 6, 'orders', { partitions: 1 }).ok).toBe(false);
});
