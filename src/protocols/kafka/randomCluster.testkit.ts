import { fromMillis, type Micros, nextBelow, type RandomState, randomStream } from '../../base/index.ts';
import { ENGINE_VERSION } from '../../engine/index.ts';
import type { Config, Intervention, Line, Part, Run } from '../../scenario/index.ts';
import { BROKER, CONSUMER, GROUP, LINK, PRODUCE, PRODUCER, READ, REPLICA, SUBSCRIBE, TOPIC } from './kinds.ts';
import { featuresOf } from './versions.ts';

const MINUTE = 60_000;
const KEYS = ['a', 'b', 'c', ''];

class Dice {
  private readonly random: RandomState;
  constructor(seed: number) {
    this.random = randomStream(seed, 'kafka');
  }
  below(count: number): number {
    return nextBelow(this.random, count);
  }
  one<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }
  some<T>(from: readonly T[]): T | undefined {
    return from.length === 0 ? undefined : this.one(from);
  }
  /** True once in so many times. */
  rarely(times: number): boolean {
    return this.below(times) === 0;
  }
}

interface Sketch {
  readonly dice: Dice;
  readonly parts: Part[];
  readonly lines: Line[];
  readonly brokers: readonly string[];
  readonly topics: string[];
  readonly features: ReturnType<typeof featuresOf>;
}

function draw({ parts }: Sketch, id: string, kind: string, config: Config, parent?: string): void {
  parts.push({ id, kind, name: id, x: 0, y: 0, config, ...(parent === undefined ? {} : { parent }) });
}

function connect({ lines }: Sketch, kind: string, from: string, to: string): void {
  lines.push({ id: `l${lines.length}`, kind, from, to, config: {} });
}

/** A random cluster of 1–5 brokers with topics, producers, groups of every protocol, and a random number of deeds done to them. */
export function randomCluster(seed: number, until = MINUTE): Run {
  const dice = new Dice(seed);
  const brokers = Array.from({ length: dice.one([1, 2, 3, 3, 3, 4, 5]) }, (_, i) => `b${i + 1}`);
  const version = dice.one(['2.8', '3.9', '4.0', '4.1', '4.1', '4.3']);
  const sketch: Sketch = { dice, brokers, parts: [], lines: [], topics: [], features: featuresOf([version]) };
  drawBrokers(sketch, version);
  const topics = 1 + dice.below(3);
  for (let i = 0; i < topics; i++) drawTopic(sketch, `t${i}`);
  const producers = 1 + dice.below(2);
  for (let i = 0; i < producers; i++) drawProducer(sketch, `p${i}`);
  const groups = dice.below(3);
  for (let i = 0; i < groups; i++) drawGroup(sketch, `g${i}`);
  if (dice.rarely(4)) {
    draw(sketch, 'alone', CONSUMER, { ...consumerConfig(dice), commit: 'never' });
    connect(sketch, READ, dice.one(sketch.topics), 'alone');
  }
  const { parts, lines } = sketch;
  const settings = {
    latency: fromMillis(1 + dice.below(40)) as Micros,
    hop: fromMillis(0) as Micros,
    until: fromMillis(until) as Micros,
    detect: fromMillis(400) as Micros,
    colourBy: 'key',
  } as const;
  return {
    scenario: { from: '', title: '', intro: '', parts, lines, settings },
    seed,
    engine: ENGINE_VERSION,
    interventions: deeds(sketch, until),
  };
}

function drawBrokers(sketch: Sketch, version: string): void {
  const { dice, brokers } = sketch;
  const config: Config = {
    version,
    replicaLagMillis: dice.one([2_000, 10_000, 30_000]),
    sessionTimeoutMillis: dice.one([3_000, 9_000]),
    heartbeatMillis: dice.one([500, 2_000]),
    initialRebalanceDelayMillis: dice.one([0, 3_000]),
    retentionCheckMillis: dice.one([5_000, 300_000]),
    cleanerMillis: dice.one([5_000, 15_000]),
    rebalanceCheckMillis: dice.one([10_000, 300_000]),
    offsetsPartitions: dice.one([1, 5]),
  };
  const controllers = dice.one([1, 3, brokers.length]);
  brokers.forEach((id, i) => {
    draw(sketch, id, BROKER, { ...config, ...(i < controllers ? {} : { roles: 'broker' }) });
  });
  for (let i = 1; i < brokers.length; i++) if (dice.rarely(2)) connect(sketch, LINK, dice.one(brokers.slice(0, i)), brokers[i] as string);
}

function drawTopic(sketch: Sketch, name: string): void {
  const { dice, brokers } = sketch;
  const replicationFactor = 1 + dice.below(Math.min(3, brokers.length));
  const home = dice.one(brokers);
  draw(
    sketch,
    name,
    TOPIC,
    {
      ...{ partitions: 1 + dice.below(3), replicationFactor, minInsyncReplicas: 1 + dice.below(replicationFactor) },
      uncleanElection: dice.rarely(4),
      ...(dice.rarely(4) ? { cleanup: 'compact', segmentBytes: 800, minCleanableRatio: 100 } : {}),
      ...(dice.rarely(4) ? { retentionBytes: 1_500, segmentBytes: 600 } : {}),
      ...(dice.rarely(6) ? { retentionMillis: 8_000, segmentBytes: 600 } : {}),
    },
    home,
  );
  sketch.topics.push(name);
  for (const broker of brokers)
    if (broker !== home && !dice.rarely(8))
      sketch.parts.push({ id: `${name}@${broker}`, kind: REPLICA, name, x: 0, y: 0, config: {}, parent: broker });
}

function drawProducer(sketch: Sketch, id: string): void {
  const { dice } = sketch;
  const acks = dice.one(['0', '1', 'all', 'all', 'all']);
  const topics = sketch.topics.filter(() => !dice.rarely(3));
  draw(sketch, id, PRODUCER, {
    ...{ acks, idempotence: acks === 'all' && !dice.rarely(3), everyMillis: dice.one([150, 400, 900]), limit: 60 },
    ...{ lingerMillis: dice.one([0, 5, 300]), maxInFlight: dice.one([1, 5]), batchBytes: dice.one([200, 16_384]) },
    ...{ requestTimeoutMillis: dice.one([1_000, 30_000]), deliveryTimeoutMillis: dice.one([4_000, 120_000]) },
    ...{ retries: dice.one([0, 2_147_483_647, 2_147_483_647]), partitioner: dice.one(['default', 'sticky-batch', 'round-robin', 'crc32']) },
    templates: Array.from({ length: 1 + dice.below(3) }, () => ({ key: dice.one(KEYS), ...(dice.rarely(6) ? { isTombstone: true } : {}) })),
  });
  for (const topic of topics.length > 0 ? topics : sketch.topics.slice(0, 1)) connect(sketch, PRODUCE, id, topic);
}

function drawGroup(sketch: Sketch, id: string): void {
  const { dice, features, topics } = sketch;
  const protocols = ['classic', 'classic', ...(features.hasConsumerProtocol ? ['consumer', 'consumer'] : [])];
  draw(sketch, id, GROUP, {
    protocol: dice.one(protocols),
    assignor: dice.one(['range', 'roundrobin', 'sticky', 'cooperative-sticky', 'range,cooperative-sticky']),
    serverAssignor: dice.one(['uniform', 'range']),
    library: dice.one(['java', 'java', 'librdkafka']),
    ...{ sessionTimeoutMillis: dice.one([6_000, 10_000]), heartbeatMillis: dice.one([1_000, 3_000]) },
    maxPollIntervalMillis: dice.one([8_000, 300_000]),
  });
  const read = topics.filter(() => !dice.rarely(3));
  for (const topic of read.length > 0 ? read : topics.slice(0, 1)) connect(sketch, SUBSCRIBE, topic, id);
  const isStatic = dice.rarely(3);
  const members = 1 + dice.below(4);
  for (let i = 0; i < members; i++)
    draw(sketch, `${id}c${i}`, CONSUMER, { ...consumerConfig(dice), ...(isStatic ? { instanceId: `i${i}` } : {}) }, id);
}

function consumerConfig(dice: Dice): Config {
  return {
    ...{
      maxPollRecords: dice.one([1, 3, 500]),
      workMillis: dice.one([0, 50, 600, 3_000]),
      commit: dice.one(['auto', 'after', 'before', 'async', 'never']),
    },
    ...{
      autoCommitMillis: dice.one([1_000, 5_000]),
      failEvery: dice.one([0, 0, 4]),
      offsetReset: dice.one(['earliest', 'earliest', 'latest']),
    },
    ...{ startMillis: dice.one([0, 0, 2_000, 9_000]), fetchMaxWaitMillis: dice.one([100, 500]) },
  };
}

function deeds(sketch: Sketch, until: number): readonly Intervention[] {
  const { dice, parts, lines, brokers, topics } = sketch;
  const ofKind = (kind: string) => parts.filter((part) => part.kind === kind).map(({ id }) => id);
  const cuttable = lines.filter(({ kind }) => kind === LINK || kind === PRODUCE || kind === READ).map(({ id }) => id);
  const consumers = ofKind(CONSUMER);
  const clients = [...ofKind(PRODUCER), ...consumers];
  const isDown = new Set<string>();
  const isCut = new Set<string>();
  const isAway = new Set<string>();
  const turn = (set: Set<string>, id: string | undefined, verbs: readonly [string, string]): readonly [string, string | undefined] => {
    if (id === undefined) return ['', undefined];
    const wasIn = set.delete(id);
    if (!wasIn) set.add(id);
    return [verbs[wasIn ? 1 : 0], id];
  };
  const times = Array.from({ length: dice.below(14) }, () => 300 + dice.below(until - 5_000)).sort((a, b) => a - b);
  return times.flatMap((millis): readonly Intervention[] => {
    const [verb, target, args = {}] = dice.one<() => readonly [string, string | undefined, Config?]>([
      () => turn(isDown, dice.one(brokers), [dice.one(['crash', 'crash', 'stop']), 'restart']),
      () => turn(isDown, dice.one(brokers), [dice.one(['crash', 'stop']), 'restart']),
      () => turn(isDown, [...isDown][0], ['', 'restart']),
      () => turn(isCut, dice.some(cuttable), ['cut', 'heal']),
      () => turn(isDown, dice.one(clients), ['crash', 'restart']),
      () => [dice.one(['pause', 'resume', 'freeze', 'resume', 'stop', 'restart']), dice.some(consumers)],
      () => turn(isAway, dice.some(consumers), ['leave', 'join']),
      () => ['reconfigure', dice.one(topics), { partitions: 3 + dice.below(3) }],
      () => ['publish', dice.one(ofKind(PRODUCER)), { key: dice.one(KEYS), count: 1 + dice.below(5) }],
      () => ['reconfigure', dice.one(ofKind(PRODUCER)), { everyMillis: 200 }],
      () => ['pause', dice.one(ofKind(PRODUCER))],
    ])();
    return target === undefined ? [] : [{ at: fromMillis(millis) as Micros, verb, target, args }];
  });
}
