import { fromMillis, type Micros } from '../../base/index.ts';
import { type Catalogue, ENGINE_VERSION, type Program } from '../../engine/index.ts';
import { catalogue as everyPack } from '../../protocols/catalogue.ts';
import { type AssignMember, assign, type GroupAssignment, type TopicPartition } from '../../protocols/kafka/assign/index.ts';
import { murmur2 } from '../../protocols/kafka/client/producer/index.ts';
import { type Config, DEFAULT_SETTINGS, type Line, type Part, type Run } from '../../scenario/index.ts';
import { best, checkpointTimes, compiled, percentile, rate, speedOf } from './engine.ts';
import type { BenchRow } from './row.ts';

const STEPS = 25_000;
const ROUNDS = 60;
/** Once the groups read what the producers write. */
const READING = 300_000;
const BROKERS = 3;
const PARTITIONS = 12;
const GROUPS = 2;
const MEMBERS = 4;
const PRODUCERS = 6;

/** Produce, replicate, fetch; rebalances of a large group; the hash of keys. */
export function kafkaRows(catalogue: Catalogue = everyPack): readonly BenchRow[] {
  const program = compiled(clusterRun(), catalogue);
  const speed = speedOf(program, READING, STEPS, ROUNDS);
  const name = `Kafka: ${BROKERS} brokers, ${PARTITIONS} partitions, ${GROUPS} groups of ${MEMBERS}`;
  return [
    { name, value: speed, unit: 'appointments/s' },
    ...checkpointRows(program),
    ...assignorRows(),
    { name: 'murmur2 of a key of 12 characters', value: hashRate(), unit: 'keys/s' },
  ];
}

function checkpointRows(program: Program): readonly BenchRow[] {
  const times = checkpointTimes(program, READING);
  return [
    { name: 'Kafka: checkpoint median', value: percentile(times, 50), unit: 'ms' },
    { name: 'Kafka: checkpoint p95', value: percentile(times, 95), unit: 'ms' },
  ];
}

export function clusterRun(): Run {
  const part = (id: string, kind: string, config: Config = {}, parent?: string, name = id): Part => ({
    ...{ id, kind: `kafka/${kind}`, name, x: 0, y: 0, config },
    ...(parent === undefined ? {} : { parent }),
  });
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
  const brokers = numbers(BROKERS).map((n) => part(`broker-${n}`, 'broker'));
  const groups = numbers(GROUPS).map((n) => part(`group-${n}`, 'group'));
  const producers = numbers(PRODUCERS).map((n) => part(`producer-${n}`, 'producer', { everyMillis: 1, templates: [{}] }));
  const members = numbers(GROUPS).flatMap((group) =>
    numbers(MEMBERS).map((n) => part(`consumer-${group}-${n}`, 'consumer', { workMillis: 0, offsetReset: 'earliest' }, `group-${group}`)),
  );
  const topics = [
    part('orders', 'topic', { partitions: PARTITIONS, replicationFactor: BROKERS }, 'broker-1'),
    ...numbers(BROKERS - 1).map((n) => part(`orders-${n + 1}`, 'replica', {}, `broker-${n + 1}`, 'orders')),
  ];
  const line = (kind: string, from: string, to: string): Line => ({ id: `${from}-${to}`, kind: `kafka/${kind}`, from, to, config: {} });
  const lines = [...producers.map(({ id }) => line('produce', id, 'orders')), ...groups.map(({ id }) => line('subscribe', 'orders', id))];
  const settings = { ...DEFAULT_SETTINGS, latency: fromMillis(1), hop: 0 as Micros, until: fromMillis(600_000) };
  const scenario = { from: '', title: '', intro: '', parts: [...brokers, ...topics, ...producers, ...groups, ...members], lines, settings };
  return { scenario, seed: 1, engine: ENGINE_VERSION, interventions: [] };
}

const GROUP_SIZE = 100;
const TOPICS = 10;
const EACH = 100;

/** A member leaves a group of a hundred that has a thousand partitions: the time until everyone has been assigned anew. */
function assignorRows(): readonly BenchRow[] {
  const topics = Array.from({ length: TOPICS }, (_, i) => `topic-${i}`);
  const partitionsPerTopic = new Map(topics.map((topic) => [topic, EACH]));
  const ids = Array.from({ length: GROUP_SIZE }, (_, i) => `member-${String(i).padStart(3, '0')}`);
  const rebalance = (name: 'range' | 'roundrobin' | 'sticky' | 'cooperative-sticky') => {
    const members = (of: readonly string[], owned: (id: string) => readonly TopicPartition[]): readonly AssignMember[] =>
      of.map((memberId) => ({ memberId, topics, owned: owned(memberId), generation: 1 }));
    const before: GroupAssignment = assign(name, 'java', { partitionsPerTopic, members: members(ids, () => []) });
    const left = members(ids.slice(1), (id) => before.get(id) ?? []);
    const began = performance.now();
    assign(name, 'java', { partitionsPerTopic, members: left });
    return performance.now() - began;
  };
  return (['range', 'roundrobin', 'sticky', 'cooperative-sticky'] as const).map((name) => ({
    name: `rebalance of ${GROUP_SIZE} members over ${TOPICS * EACH} partitions, ${name}`,
    value: Math.min(rebalance(name), rebalance(name), rebalance(name)),
    unit: 'ms',
  }));
}

function hashRate(): number {
  const keys = Array.from({ length: 1_000 }, (_, i) => new TextEncoder().encode(`customer-${String(i).padStart(3, '0')}`));
  const rounds = 1_000;
  return best(() =>
    rate(keys.length * rounds, () => {
      for (let i = 0; i < rounds; i++) for (const key of keys) murmur2(key, key.length);
    }),
  );
}
