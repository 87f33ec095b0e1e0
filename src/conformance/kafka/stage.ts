import type { Micros } from '../../base/index.ts';
import { ENGINE_VERSION, type Line, makeCatalogue, type Part, type Run } from '../../engine/index.ts';
import { BROKER, CONSUMER, GROUP, PRODUCE, PRODUCER, READ, TOPIC, ZOOKEEPER } from '../../protocols/kafka/kinds.ts';
import { kafka } from '../../protocols/kafka/pack.ts';
import { SERVER } from '../../protocols/zookeeper/kinds.ts';
import { zookeeper } from '../../protocols/zookeeper/pack.ts';
import type { Config } from '../../scenario/index.ts';
import { brokerId, memberId, producerId, type Script, topicId } from './script.ts';

/** The very packs that a simulation runs. */
export const stageCatalogue = makeCatalogue([kafka, zookeeper]);

const LATENCY_MICROS = 1_000;
const NODES = [1, 2, 3];
const SERVER_ID = 'zookeeper-1';

/** How the recorded clusters were set up. */
export interface Setup {
  readonly version: string;
  readonly library: 'java' | 'librdkafka';
  /** Its metadata was in ZooKeeper. */
  readonly hasZookeeper: boolean;
}

export const SETUPS: { readonly [broker: string]: Setup } = {
  kafka: { version: '0.9', library: 'java', hasZookeeper: true },
  'librdkafka-mock': { version: '2.8', library: 'librdkafka', hasZookeeper: false },
};

/** A run with three brokers and everyone whom the recording speaks of. */
export function stage(script: Script, { version, library, hasZookeeper }: Setup): Run {
  const part = (id: string, kind: string, name: string, config: Config, parent?: string): Part => ({
    ...{ id, kind, name, x: 0, y: 0, config },
    ...(parent === undefined ? {} : { parent }),
  });
  const brokers = NODES.map((node) =>
    part(brokerId(node), BROKER, `broker-${node}`, {
      version,
      sessionTimeoutMillis: 3_000,
      heartbeatMillis: 1_000,
      zookeeperSessionMillis: 4_000,
      autoRebalance: false,
      minSessionTimeoutMillis: 1_000,
    }),
  );
  const servers = hasZookeeper ? [part(SERVER_ID, SERVER, SERVER_ID, {})] : [];
  const topics = script.topics.map(({ name, config }) => part(topicId(name), TOPIC, name, config, brokerId(1)));
  const names = [...new Set(script.members.map(({ group }) => group))];
  const groups = names.map((name) => {
    const assignor = script.members.find(({ group, assignor }) => group === name && assignor !== undefined)?.assignor ?? 'range';
    return part(`group-${name}`, GROUP, name, { assignor, library, sessionTimeoutMillis: 3_000, heartbeatMillis: 1_000 });
  });
  const members = script.members.map(({ name, group, reset }) =>
    part(memberId(name), CONSUMER, name, { workMillis: 0, commit: 'never', offsetReset: reset }, `group-${group}`),
  );
  const producers = script.producers.map(({ name, acks, retries }) =>
    part(producerId(name), PRODUCER, name, {
      mode: 'list',
      list: [],
      acks,
      idempotence: false,
      lingerMillis: 0,
      maxInFlight: 1,
      ...(retries === undefined ? {} : { retries }),
    }),
  );
  const lines: Line[] = [];
  const connect = (kind: string, from: string, to: string) => lines.push({ id: `line-${lines.length}`, kind, from, to, config: {} });
  if (hasZookeeper) for (const node of NODES) connect(ZOOKEEPER, brokerId(node), SERVER_ID);
  for (const { name } of script.producers) for (const topic of script.topics) connect(PRODUCE, producerId(name), topicId(topic.name));
  for (const { name, topics } of script.members) for (const topic of topics) connect(READ, topicId(topic), memberId(name));
  const settings = {
    latency: LATENCY_MICROS as Micros,
    hop: 0 as Micros,
    until: script.until,
    detect: 60_000_000 as Micros,
    colourBy: 'key' as const,
  };
  return {
    scenario: {
      from: '',
      title: '',
      intro: '',
      parts: [...brokers, ...servers, ...topics, ...groups, ...members, ...producers],
      lines,
      settings,
    },
    ...{ seed: 1, engine: ENGINE_VERSION, interventions: script.interventions },
  };
}
