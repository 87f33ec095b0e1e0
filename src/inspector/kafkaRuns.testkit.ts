import { type Micros, micros } from '../base/index.ts';
import {
  compile,
  createTimeline,
  ENGINE_VERSION,
  type Fact,
  type Intervention,
  type Line,
  type Part,
  type Program,
} from '../engine/index.ts';
import { catalogue } from '../protocols/catalogue.ts';
import type { Config } from '../scenario/index.ts';

type Drawn = readonly [id: string, kind: string, config?: Config, parent?: string];

interface Drawing {
  readonly parts: readonly Drawn[];
  /** `from>to`; the kind of a line follows from its ends. */
  readonly lines: readonly string[];
  readonly deeds?: readonly (readonly [seconds: number, verb: string, target: string])[];
  readonly seconds: number;
}

interface Played {
  readonly name: string;
  readonly program: Program;
  readonly timeline: ReturnType<typeof createTimeline>;
  readonly facts: readonly Fact[];
}

/** Parts are called by their ids, copies by what follows the broker's in theirs. */
function play(name: string, { parts, lines, deeds = [], seconds }: Drawing): Played {
  const drawn = parts.map(
    ([id, kind, config = {}, parent]): Part => ({
      ...{ id, kind, name: id.replace(/^b\d-/, ''), x: 0, y: 0, config },
      ...(parent === undefined ? {} : { parent }),
    }),
  );
  const byId = new Map(drawn.map((part) => [part.id, part]));
  const settings = {
    ...{ latency: micros(20_000), hop: micros(0), detect: micros(3_000_000), colourBy: 'key' as const },
    until: micros(seconds * 1_000_000),
  };
  const scenario = { from: '', title: name, intro: '', parts: drawn, lines: [], settings };
  const drawnLines = lines.map((ends): Line => {
    const [from = '', to = ''] = ends.split('>');
    const kind = catalogue.connect(scenario, byId.get(from) as Part, byId.get(to) as Part);
    if ('problem' in kind) throw new Error(`${name}: ${ends} is refused: ${kind.problem.key}`);
    return { id: ends.replace('>', '-'), kind: kind.kind, from, to, config: {} };
  });
  const interventions = deeds.map(([at, verb, target]): Intervention => ({ at: (at * 1_000_000) as Micros, verb, target, args: {} }));
  const run = { scenario: { ...scenario, lines: drawnLines }, seed: 3, engine: ENGINE_VERSION, interventions };
  const compiled = compile(run, catalogue);
  if (!compiled.ok) throw new Error(`${name}: ${JSON.stringify(compiled.error)}`);
  const timeline = createTimeline(compiled.value);
  timeline.seek(compiled.value.end);
  return { name, program: compiled.value, timeline, facts: timeline.facts(0, timeline.known.facts) };
}

/** Three brokers that soon notice what is gone. */
function brokers(config: Config = {}): readonly Drawn[] {
  return ['b1', 'b2', 'b3'].map((id) => [
    id,
    'kafka/broker',
    { initialRebalanceDelayMillis: 500, replicaLagMillis: 4_000, sessionTimeoutMillis: 3_000, heartbeatMillis: 1_000, ...config },
  ]);
}

const KEYS = ['a', 'b', 'c', 'd'].map((key) => ({ key }));
const SLOW_POLL = { sessionTimeoutMillis: 6_000, maxPollIntervalMillis: 4_000 };

const DRAWINGS: { readonly [name: string]: Drawing } = {
  'a classic group': {
    parts: [
      ...brokers(),
      ['orders', 'kafka/topic', { partitions: 3, replicationFactor: 3, minInsyncReplicas: 2 }, 'b1'],
      ['b2-orders', 'kafka/replica', {}, 'b2'],
      ['b3-orders', 'kafka/replica', {}, 'b3'],
      ['shop', 'kafka/producer', { everyMillis: 400, templates: [...KEYS, {}] }],
      ['g', 'kafka/group', SLOW_POLL],
      ['c1', 'kafka/consumer', { workMillis: 200, offsetReset: 'earliest' }, 'g'],
      ['c2', 'kafka/consumer', { workMillis: 100, failEvery: 3, commit: 'async' }, 'g'],
      ['c3', 'kafka/consumer', { workMillis: 100, commit: 'after', instanceId: 's3' }, 'g'],
      ['lone', 'kafka/consumer', { offsetReset: 'none', workMillis: 50, startMillis: 2_000 }],
    ],
    lines: ['shop>orders', 'orders>g', 'orders>lone'],
    deeds: [
      [4, 'seekToBeginning', 'c2'],
      [5, 'freeze', 'c1'],
      [6, 'commit', 'c2'],
      [7, 'crash', 'b1'],
      [12, 'resume', 'c1'],
      [14, 'restart', 'b1'],
      [18, 'crash', 'c2'],
      [20, 'stop', 'c3'],
      [21, 'restart', 'c3'],
      [26, 'elect', 'orders'],
      [28, 'crash', 'b2'],
      [28, 'crash', 'b3'],
      [36, 'restart', 'b2'],
    ],
    seconds: 42,
  },
  'a group whose broker assigns': {
    parts: [
      ...brokers(),
      ['orders', 'kafka/topic', { partitions: 4, replicationFactor: 2 }, 'b1'],
      ['shop', 'kafka/producer', { everyMillis: 400, acks: '1', idempotence: false, partitioner: 'round-robin' }],
      ['g', 'kafka/group', { protocol: 'consumer', ...SLOW_POLL }],
      ['c1', 'kafka/consumer', { workMillis: 100 }, 'g'],
      ['c2', 'kafka/consumer', { workMillis: 100, startMillis: 3_000 }, 'g'],
    ],
    lines: ['shop>orders', 'orders>g'],
    deeds: [
      [10, 'freeze', 'c1'],
      [20, 'resume', 'c1'],
      [22, 'stop', 'c2'],
    ],
    seconds: 28,
  },
  'a share group': {
    parts: [
      ['b1', 'kafka/broker', { version: '4.3' }],
      ['orders', 'kafka/topic', { partitions: 1 }, 'b1'],
      ['shop', 'kafka/producer', { everyMillis: 400, acks: '0', idempotence: false, partitioner: 'crc32' }],
      ['g', 'kafka/group', { protocol: 'share' }],
      ['c1', 'kafka/consumer', { workMillis: 100, failEvery: 3 }, 'g'],
      ['c2', 'kafka/consumer', { workMillis: 100 }, 'g'],
    ],
    lines: ['shop>orders', 'orders>g'],
    deeds: [[8, 'stop', 'c1']],
    seconds: 14,
  },
  transactions: {
    parts: [
      ['b1', 'kafka/broker'],
      ['orders', 'kafka/topic', { partitions: 2 }, 'b1'],
      [
        'shop',
        'kafka/producer',
        { everyMillis: 400, transactionalId: 't', abortEvery: 2, templates: [...KEYS, { partition: 1 }, { isEmptyKey: true }] },
      ],
      ['twin', 'kafka/producer', { startMillis: 9_000, everyMillis: 400, transactionalId: 't' }],
      ['c1', 'kafka/consumer', { workMillis: 100, isolation: 'read_committed', offsetReset: 'earliest' }],
    ],
    lines: ['shop>orders', 'twin>orders', 'orders>c1'],
    deeds: [
      [5, 'crash', 'shop'],
      [6, 'restart', 'shop'],
    ],
    seconds: 16,
  },
  'logs that are kept short': {
    parts: [
      ['b1', 'kafka/broker', { retentionCheckMillis: 2_000, cleanerMillis: 2_000 }],
      ['orders', 'kafka/topic', { partitions: 1, retentionMillis: 3_000, segmentBytes: 500 }, 'b1'],
      ['state', 'kafka/topic', { partitions: 1, cleanup: 'compact', segmentBytes: 500, minCleanableRatio: 0 }, 'b1'],
      ['small', 'kafka/topic', { partitions: 1, retentionBytes: 1_000, segmentBytes: 500 }, 'b1'],
      ['shop', 'kafka/producer', { everyMillis: 200, templates: [...KEYS, {}], maxBlockMillis: 500 }],
      ['astray', 'kafka/producer', { everyMillis: 3_000, templates: [{ partition: 9 }], maxBlockMillis: 500 }],
      ['c1', 'kafka/consumer', { workMillis: 900, maxPollRecords: 1, partitionFetchBytes: 100, offsetReset: 'earliest' }],
    ],
    lines: ['shop>orders', 'shop>state', 'shop>small', 'astray>orders', 'orders>c1'],
    seconds: 14,
  },
  'a cluster with ZooKeeper': {
    parts: [
      ...brokers({ version: '2.8', zookeeperSessionMillis: 4_000 }),
      ['z1', 'zookeeper/server', {}],
      ['orders', 'kafka/topic', { partitions: 2, replicationFactor: 3 }, 'b1'],
      ['shop', 'kafka/producer', { everyMillis: 400, templates: KEYS }],
      ['c1', 'kafka/consumer', { workMillis: 100 }],
    ],
    lines: ['b1>z1', 'b2>z1', 'b3>z1', 'shop>orders', 'orders>c1'],
    deeds: [
      [5, 'crash', 'b1'],
      [14, 'restart', 'b1'],
    ],
    seconds: 22,
  },
  'an unclean election': {
    parts: [
      ...brokers(),
      ['orders', 'kafka/topic', { partitions: 1, replicationFactor: 3, uncleanElection: true, replicas: '1:2:3' }, 'b1'],
      ['shop', 'kafka/producer', { everyMillis: 100, acks: '1', idempotence: false, partitioner: 'sticky-batch' }],
    ],
    lines: ['shop>orders'],
    deeds: [
      [3, 'crash', 'b2'],
      [14, 'crash', 'b1'],
      [15, 'restart', 'b2'],
      [24, 'restart', 'b1'],
    ],
    seconds: 34,
  },
};

/** Runs of Kafka in which most of what can happen does. */
export const PLAYED: readonly Played[] = Object.entries(DRAWINGS).map(([name, drawing]) => play(name, drawing));
