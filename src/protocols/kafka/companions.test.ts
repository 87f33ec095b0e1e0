import { expect, test } from 'vitest';
import { type Config, emptyScenario, type Part } from '../../scenario/index.ts';
import { companions } from './companions.ts';

const part = (id: string, kind: string, config: Config = {}, parent?: string): Part => ({
  ...{ id, kind: `kafka/${kind}`, name: id, x: 0, y: 0, config },
  ...(parent === undefined ? {} : { parent }),
});
const brokers = ['broker-1', 'broker-2', 'broker-3'].map((id) => part(id, 'broker'));
const asked = (...parts: readonly Part[]) =>
  companions({ ...emptyScenario(), parts }, true).map(({ of, parent, lanes }) => `${of} in ${parent}: ${lanes}`);
const topic = (config: Config, parent = 'broker-1') => part('orders', 'topic', config, parent);

test('a topic asks for lanes in each broker that will hold some of its partitions, but not where it is drawn', () => {
  expect(asked(...brokers, topic({ replicationFactor: 3 }))).toEqual(['orders in broker-2: 3', 'orders in broker-3: 3']);
  expect(asked(...brokers, topic({}))).toEqual(['orders in broker-2: 1', 'orders in broker-3: 1']);
  expect(asked(...brokers, topic({ partitions: 2 }))).toEqual(['orders in broker-2: 1']);
  expect(asked(...brokers, topic({ partitions: 1 }, 'broker-3'))).toEqual(['orders in broker-1: 1']);
  expect(asked(brokers[0]!, topic({ replicationFactor: 3 }))).toEqual([]);
});

test('replicas written by hand count, where there are such brokers', () => {
  expect(asked(...brokers, topic({ replicas: '2:3, 3:2, 7' }))).toEqual(['orders in broker-2: 2', 'orders in broker-3: 2']);
});

test('a controller alone holds nothing', () => {
  const quorum = [part('broker-9', 'broker', { roles: 'controller' }), ...brokers.slice(0, 2)];
  expect(asked(...quorum, topic({ partitions: 4 }))).toEqual(['orders in broker-2: 2']);
});

test('of two topics of one name only one has a log', () => {
  const second = { ...topic({}, 'broker-2'), id: 'other', name: 'orders' };
  expect(asked(...brokers, topic({}), second)).toEqual(['orders in broker-2: 1', 'orders in broker-3: 1']);
});

test('it asks for them where the cluster puts them: over racks in turn', () => {
  const racked = ['a', 'a', 'b'].map((rack, i) => part(`broker-${i + 1}`, 'broker', { rack }));
  expect(asked(...racked, topic({ partitions: 2 }))).toEqual(['orders in broker-3: 1']);
});

test('one that is created while the cluster runs may get into any broker, unless its replicas are written down', () => {
  const later = (config: Config) =>
    companions({ ...emptyScenario(), parts: [...brokers, topic(config)] }, false).map(({ parent }) => parent);
  expect(later({ partitions: 1 })).toEqual(['broker-2', 'broker-3']);
  expect(later({ replicas: '1:3' })).toEqual(['broker-3']);
});
